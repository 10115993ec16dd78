"""How strong the urge is, typed below “And the urge: how strong is it now?”: it begins the log."""

from bot.engine.given import Said
from bot.engine.number import typed_number
from bot.usecases import asked, carry_on, pages
from bot.usecases.afterwards import LOG, URGE
from bot.usecases.incoming import Press, What, Words
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene


def handle(scene: Scene, what: What) -> bool:
    """Takes a number as the answer to the log's first question; False for everything else."""
    if not asked.is_open(scene, URGE):
        return False
    match what:
        case Words(text, mark, False) if not scene.heavy and _is_meant(scene, text):
            asked.close(scene)
            scene.settled = True
            pages.begin(scene, LOG)
            stored = waiting(scene)
            if stored is not None:
                carry_on.give(scene, stored, Said(text, mark))
            return True
        case Press():
            asked.close(scene)
    return False


def _is_meant(scene: Scene, text: str) -> bool:
    return typed_number(text) is not None and waiting(scene) is None
