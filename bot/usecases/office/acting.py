"""Acting from a page: the scene of the member of staff, so that what it does is written once.

What a page does is done by the same functions as in the chat. They queue what others are told;
nothing is posted to the reader's own chat, the page itself is the answer.
"""

from datetime import datetime

from sqlmodel import Session

from bot.store import people
from bot.store.ids import new_id
from bot.usecases.kit import Kit
from bot.usecases.office.reader import Reader
from bot.usecases.scene import Scene


def scene_of(session: Session, kit: Kit, reader: Reader, now: datetime) -> Scene:
    """The reader as the one who acts; every call is a happening of its own."""
    person = people.look(session, reader.id)
    assert person is not None  # whoever signs in has taken their place in the chat
    return Scene(session, kit, person, now, f"office.{new_id(now).hex}")
