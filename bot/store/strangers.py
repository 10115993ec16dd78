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
_TRIES = select(_t.c.failures, _t.c.failing_since).where(_t.c.participant_id == bindparam("person"))
_FAIL = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(
        failures=bindparam("count"),
        failing_since=bindparam("since", type_=_t.c.failing_since.type),
    )
)


def first_today(session: Session, person: UUID, now: datetime, day: timedelta) -> bool:
    """Notes that they are answered now; False if they were within the last `day`. By a clock that
    ran ahead they were answered in the future: that is long ago, too."""
    connection = session.connection()
    _KNOWN.execute(connection, {"participant_id": person, "failures": 0})
    answered = connection.execute(_ANSWERED, {"person": person}).scalar()
    if answered is not None and abs(now - answered) < day:
        return False
    connection.execute(_ANSWER, {"person": person, "at": now})
    return True


def tries(session: Session, person: UUID, now: datetime, hour: timedelta) -> int:
    """How often they tried a code that is none, in the hour that began with the first of them."""
    count, _ = _tried(session, person, now, hour)
    return count


def failed(session: Session, person: UUID, now: datetime, hour: timedelta) -> int:
    """Notes one more; how many it are in this hour."""
    connection = session.connection()
    _KNOWN.execute(connection, {"participant_id": person, "failures": 0})
    count, since = _tried(session, person, now, hour)
    connection.execute(_FAIL, {"person": person, "count": count + 1, "since": since})
    return count + 1


def _tried(session: Session, person: UUID, now: datetime, hour: timedelta) -> tuple[int, datetime]:
    row = session.connection().execute(_TRIES, {"person": person}).first()
    if row is None or row.failing_since is None or abs(now - row.failing_since) >= hour:
        return 0, now
    return int(row.failures), row.failing_since
