"""Which entries people want to bring to which session: ids and moments, nothing they wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.brought
_r = tables.run
_BRING = Upsert(_t, "run_id", replace=("group_id", "session_date", "at"))
_LEAVE = delete(_t).where(
    _t.c.run_id == bindparam("run"), _t.c.participant_id == bindparam("person")
)
_OF_SESSION = (
    select(_t.c.run_id, _t.c.participant_id, _r.c.exercise_id, _t.c.at)
    .join(_r, _r.c.id == _t.c.run_id)
    .where(
        _t.c.group_id == bindparam("group"),
        _t.c.session_date == bindparam("day", type_=_t.c.session_date.type),
    )
    .order_by(_t.c.at, _t.c.run_id)
)
_SESSION_OF = select(_t.c.session_date).where(_t.c.run_id == bindparam("run"))
_COUNT = (
    select(_t.c.group_id, func.count(), func.min(_t.c.at, type_=_t.c.at.type))
    .where(
        _t.c.group_id.in_(bindparam("groups", expanding=True)),
        _t.c.session_date >= bindparam("first", type_=_t.c.session_date.type),
    )
    .group_by(_t.c.group_id)
)


@dataclass(frozen=True, slots=True)
class Brought:
    """One entry somebody wants to bring: whose, of which exercise, since when."""

    run: UUID
    person: UUID
    exercise: str
    at: datetime


def bring(session: Session, run: UUID, person: UUID, group: UUID, day: date, now: datetime) -> None:
    """They want to bring it to the session of that local date; a later session takes its place."""
    row = {"run_id": run, "participant_id": person, "group_id": group}
    _BRING.execute(session.connection(), {**row, "session_date": day, "at": now})


def leave(session: Session, run: UUID, person: UUID) -> bool:
    """Not after all; False where it was not to be brought."""
    asked = {"run": run, "person": person}
    return session.connection().execute(_LEAVE, asked).rowcount == 1


def of_session(session: Session, group: UUID, day: date) -> list[Brought]:
    """What is to be brought to a session, in the order it was picked."""
    rows = session.connection().execute(_OF_SESSION, {"group": group, "day": day})
    return [Brought(row.run_id, row.participant_id, row.exercise_id, row.at) for row in rows]


def session_of(session: Session, run: UUID) -> date | None:
    """The local date of the session an entry is to be brought to; None where it is to none."""
    return session.connection().execute(_SESSION_OF, {"run": run}).scalar()


def counts(
    session: Session, groups: Collection[UUID], first: date
) -> dict[UUID, tuple[int, datetime]]:
    """How many entries each group is to be brought from that date on, and since when."""
    rows = session.connection().execute(_COUNT, {"groups": list(groups), "first": first})
    return {group: (many, since) for group, many, since in rows}
