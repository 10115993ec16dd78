"""What many kinds of due rows have in common when their moment has come."""

from collections.abc import Callable

from bot.store.dues import Due
from bot.usecases.incoming import Receipt
from bot.usecases.scene import Scene


def ringing(ring: Callable[[Scene, Due], None]) -> Callable[[Scene, Due], Receipt]:
    """What a due row does, where nothing but the scene has to be handed on."""

    def rung(scene: Scene, due: Due) -> Receipt:
        ring(scene, due)
        return scene.receipt()

    return rung


def over(scene: Scene, _: Due) -> Receipt:
    """A question that is open only for a while: its row is gone, and so is the question."""
    return scene.receipt()
