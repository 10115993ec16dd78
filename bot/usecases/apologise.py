"""A message could not be handled: its author is told plainly that it was not saved."""

from datetime import datetime

from sqlmodel import Session

from bot.store import people
from bot.usecases.incoming import Incoming, Receipt
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene


def apologise(session: Session, incoming: Incoming, now: datetime, kit: Kit) -> Receipt:
    """Says so once; a person we do not know yet is left alone."""
    person = people.find(session, kit.vault, incoming.sender.telegram_id)
    if person is None:
        return Receipt()
    scene = Scene(session, kit, person, now, f"x{incoming.bot_id}.{incoming.update_id}")
    scene.say("not_saved")
    return scene.receipt()
