"""What exports read of one person, in slices: exercises as they were begun, states and times."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from bot.store import runs, tables
from bot.store.assignments import Assignment
from bot.store.runs import StoredRun
from bot.store.vault import Vault

_r = tables.run
_a = tables.answer
_h = tables.attendance
_p = tables.partner_promise
_g = tables.assignment
_MINE = _r.c.participant_id == bindparam("person")
_BEGUN = (
    select(_r.c.id)
    .where(
        _MINE,
        _r.c.started_at >= bindparam("since", type_=_r.c.started_at.type),
        _r.c.started_at < bindparam("until", type_=_r.c.started_at.type),
        _r.c.id > bindparam("after", type_=_r.c.id.type),
    )
    .order_by(_r.c.id)
    .limit(bindparam("many"))
)
_TIMES = select(_a.c.run_id, _a.c.step, _a.c.answered_at).where(
    _a.c.run_id.in_(bindparam("runs", expanding=True))
)
_HERE = (
    select(_h.c.group_id, _h.c.session_date, _h.c.at)
    .where(
        _h.c.participant_id == bindparam("person"),
        _h.c.session_date >= bindparam("first", type_=_h.c.session_date.type),
        _h.c.session_date <= bindparam("last", type_=_h.c.session_date.type),
    )
    .order_by(_h.c.session_date)
)
_PROMISES = (
    select(_p.c.made_at, _p.c.day, _p.c.state, _p.c.answered_at)
    .where(
        _p.c.participant_id == bindparam("person"),
        _p.c.day >= bindparam("first", type_=_p.c.day.type),
        _p.c.day <= bindparam("last", type_=_p.c.day.type),
    )
    .order_by(_p.c.id)
)
_GIVEN = (
    select(
        *(_g.c.id, _g.c.group_id, _g.c.participant_id, _g.c.exercise_id, _g.c.assigned_by),
        *(_g.c.assigned_at, _g.c.until),
    )
    .where(
        _g.c.group_id == bindparam("group"),
        or_(_g.c.participant_id.is_(None), _g.c.participant_id == bindparam("person")),
        _g.c.assigned_at >= bindparam("since", type_=_g.c.assigned_at.type),
        _g.c.assigned_at < bindparam("before", type_=_g.c.assigned_at.type),
    )
    .order_by(_g.c.id)
)
START = UUID(int=0)
"""Comes before every id."""


class Here(NamedTuple):
    """One session somebody said they were in: of which group, on which local date of it."""

    group: UUID
    day: date
    at: datetime


class Promised(NamedTuple):
    """How a promise to a partner stands; never its words."""

    made_at: datetime
    day: date
    state: str
    answered_at: datetime | None


def begun(
    session: Session,
    vault: Vault,
    person: UUID,
    since: datetime,
    until: datetime,
    *,
    after: UUID = START,
    many: int = 50,
) -> list[StoredRun]:
    """The exercises begun from `since` to before `until` (UTC), in order, those behind `after`."""
    asked = {"person": person, "since": since, "until": until, "after": after, "many": many}
    ids = session.connection().execute(_BEGUN, asked).scalars().all()
    found = (runs.get_run(session, vault, each) for each in ids)
    return [each for each in found if each is not None]


def answered_at(session: Session, run_ids: Collection[UUID]) -> dict[tuple[UUID, str], datetime]:
    """When each step of these runs was answered (UTC)."""
    rows = session.connection().execute(_TIMES, {"runs": list(run_ids)})
    return {(row.run_id, row.step): row.answered_at for row in rows}


def attended(session: Session, person: UUID, first: date, last: date) -> list[Here]:
    """The sessions from the first to the last date that somebody said they were in."""
    asked = {"person": person, "first": first, "last": last}
    rows = session.connection().execute(_HERE, asked)
    return [Here(row.group_id, row.session_date, row.at) for row in rows]


def promised(session: Session, person: UUID, first: date, last: date) -> list[Promised]:
    """The promises for a day of that span, as states."""
    asked = {"person": person, "first": first, "last": last}
    rows = session.connection().execute(_PROMISES, asked)
    return [Promised(row.made_at, row.day, row.state, row.answered_at) for row in rows]


def assigned(
    session: Session, group: UUID, person: UUID, since: datetime, until: datetime
) -> list[Assignment]:
    """What was given to somebody or to their whole group from `since` to before `until` (UTC)."""
    asked = {"group": group, "person": person, "since": since, "before": until}
    return [
        Assignment(
            *(row.id, row.group_id, row.participant_id, row.exercise_id, row.assigned_by),
            *(row.assigned_at, row.until),
        )
        for row in session.connection().execute(_GIVEN, asked)
    ]
