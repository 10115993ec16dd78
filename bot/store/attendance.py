"""Who said that they were in which session of their group."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.attendance
_HERE = Upsert(_t, "participant_id", "group_id", "session_date")
_DATES = (
    select(_t.c.session_date)
    .where(
        _t.c.participant_id == bindparam("person"),
        _t.c.session_date >= bindparam("first", type_=_t.c.session_date.type),
    )
    .order_by(_t.c.session_date)
)
_OF_SESSION = select(_t.c.participant_id).where(
    _t.c.group_id == bindparam("group"),
    _t.c.session_date == bindparam("day", type_=_t.c.session_date.type),
)


def here(session: Session, person: UUID, group: UUID, day: date, now: datetime) -> bool:
    """They were there; False if they had said so."""
    row = {"participant_id": person, "group_id": group, "session_date": day, "at": now}
    return _HERE.execute(session.connection(), row)


def dates(session: Session, person: UUID, first: date) -> list[date]:
    """The sessions somebody was in since then, by the local date of the group."""
    rows = session.connection().execute(_DATES, {"person": person, "first": first})
    return list(rows.scalars())


def of_session(session: Session, group: UUID, day: date) -> set[UUID]:
    """Who said that they were in the session of that local date."""
    asked = {"group": group, "day": day}
    return set(session.connection().execute(_OF_SESSION, asked).scalars())
