"""People without an invitation: when they were answered, and how often they guessed a code."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.stranger
_KNOWN = Upsert(_t, "participant_id")
_ANSWERED = select(_t.c.answered_at).where(_t.c.participant_id == bindparam("person"))
_ANSWER = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(answered_at=bindparam("at", type_=_t.c.answered_at.type))
)


def first_today(session: Session, person: UUID, now: datetime, day: timedelta) -> bool:
    """Notes that they are answered now; False if they were within the last `day`."""
    connection = session.connection()
    _KNOWN.execute(connection, {"participant_id": person, "failures": 0})
    answered = connection.execute(_ANSWERED, {"person": person}).scalar()
    if answered is not None and now - answered < day:
        return False
    connection.execute(_ANSWER, {"person": person, "at": now})
    return True
