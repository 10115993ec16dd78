"""Somebody without a valid invitation: one polite answer a day, and nothing of theirs is kept."""

from datetime import timedelta

from bot.store import dues, strangers
from bot.store.people import Standing
from bot.usecases import help_now, leave
from bot.usecases.incoming import Command, What, Words
from bot.usecases.scene import Scene

FORGET = "forget"
"""The kind of due row that forgets somebody who never took part."""
FORGETTABLE = (Standing.STRANGER, Standing.PENDING)
DAY, MINUTE = timedelta(hours=24), timedelta(minutes=1)


def handle(scene: Scene, what: What) -> None:
    """Help always, as the key may still be on their phone; anything else is answered once a day."""
    if _asks_for_help(scene, what):
        help_now.for_stranger(scene)
        if not leave.is_leaving(scene):
            forget_after(scene, DAY)
    elif leave.is_leaving(scene):
        wait(scene)
    else:
        knock(scene)


def wait(scene: Scene) -> None:
    """They are being forgotten: said once, as a day is longer than they are known."""
    if strangers.first_today(scene.session, scene.person.id, scene.now, MINUTE):
        scene.say("leaving")


def _asks_for_help(scene: Scene, what: What) -> bool:
    match what:
        case Command("help"):
            return True
        case Words(text):
            return scene.kit.words.is_word(text, "keys.help_now")
    return False


def knock(scene: Scene) -> None:
    """Says once a day whom this is for and whom to ask; a day later the person is forgotten."""
    if not strangers.first_today(scene.session, scene.person.id, scene.now, DAY):
        return
    scene.say("door")
    if scene.person.standing is Standing.STRANGER:
        forget_after(scene, DAY)


def forget_after(scene: Scene, wait: timedelta) -> None:
    """Plans to forget them, or moves what was planned."""
    at, key = scene.now + wait, forget_key(scene)
    dues.set_due(scene.session, scene.person.id, FORGET, None, None, at, key, scene.now)


def keep(scene: Scene) -> None:
    """They take part now: nobody forgets them."""
    dues.clear_due(scene.session, forget_key(scene))


def forget_key(scene: Scene) -> str:
    """One such moment for each person."""
    return f"forget.{scene.person.id.hex}"
