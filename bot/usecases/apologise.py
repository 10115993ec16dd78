"""A message could not be handled: its author is told plainly that it was not saved.

Its words are read for danger all the same. What broke may break that as well: then this is said,
too, and the way to help stands below.
"""

from datetime import datetime

from sqlmodel import Session

from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import people
from bot.store.people import Standing
from bot.usecases import watch
from bot.usecases.incoming import Incoming, Receipt
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene


def apologise(session: Session, incoming: Incoming, now: datetime, kit: Kit) -> Receipt:
    """Says so once; a person we do not know yet is left alone."""
    person = people.find(session, kit.vault, incoming.sender.telegram_id)
    if person is None:
        return Receipt()
    scene = Scene(session, kit, person, now, f"x{incoming.bot_id}.{incoming.update_id}")
    words = "not_saved" if _is_read(scene, incoming) else "not_read"
    if not scene.halts:  # below the card of a crisis it would push the numbers out of sight
        text = kit.words.text(person.language, words)
        scene.post(Message(text=text, buttons=_help(scene)))
    return scene.receipt()


def _is_read(scene: Scene, incoming: Incoming) -> bool:
    """Screens the words, with all that follows from them; False, and nothing followed, if that
    breaks."""
    posted = scene.posted
    try:
        with scene.session.begin_nested():
            watch.watch(scene, incoming.what)
            scene.session.flush()
    except Exception:  # noqa: BLE001  (it may be what broke before; this must be told all the same)
        scene.posted, scene.halts = posted, False
        return False
    return True


def _help(scene: Scene) -> Rows:
    if scene.person.standing is Standing.STRANGER:
        return ()
    return ((Button(text=scene.word("keys.help_now"), data=for_menu("help")),),)
