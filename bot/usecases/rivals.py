"""Somebody else receives with our token: written down, and told to the leads."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.messages.message import Message
from bot.store import people, rivals, staff
from bot.store.rivals import Rival
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

SOON = timedelta(minutes=10)
"""A second copy that is seen once may be an upgrade; twice within this, it stays."""


def notice(session: Session, bot_id: int, kind: Rival, now: datetime, kit: Kit) -> bool:
    """Writes it down, and tells each lead once a day; whether anything waits to go out."""
    seen = rivals.notice(session, bot_id, kind, now)
    lasts = seen.before is not None and now - seen.before < SOON
    if kind is Rival.SECOND_COPY and not lasts:
        return False
    told = False
    for lead in staff.leads(session, kit.vault):
        person = people.look(session, lead.id)  # None until they open their invitation
        if person is not None:
            scene = Scene(session, kit, person, now, f"rival.{kind}.{now:%Y-%m-%d}.{lead.id.hex}")
            scene.post(Message(text=kit.words.text(scene.language, f"staff/{kind.value}")))
            told = True
    return told
