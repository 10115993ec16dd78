"""What was given to a group or to one person to do, until which day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from bot.store import tables

_t = tables.assignment
_COLUMNS = select(
    *(_t.c.id, _t.c.group_id, _t.c.participant_id, _t.c.exercise_id, _t.c.assigned_by),
    *(_t.c.assigned_at, _t.c.until),
)
_ADD = insert(_t)
_FOR = _COLUMNS.where(
    _t.c.group_id == bindparam("group"),
    or_(_t.c.participant_id.is_(None), _t.c.participant_id == bindparam("person")),
    _t.c.until >= bindparam("today", type_=_t.c.until.type),
).order_by(_t.c.assigned_at.desc(), _t.c.id.desc())
_GET = _COLUMNS.where(_t.c.id == bindparam("assignment"))
_OF_GROUP = _COLUMNS.where(
    _t.c.group_id == bindparam("group"),
    _t.c.until >= bindparam("today", type_=_t.c.until.type),
).order_by(_t.c.assigned_at.desc(), _t.c.id.desc())
_TAKE_BACK = delete(_t).where(_t.c.id == bindparam("assignment"))
_MOVE = (
    update(_t)
    .where(_t.c.id == bindparam("assignment"))
    .values(until=bindparam("day", type_=_t.c.until.type))
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One exercise given to a group (`person` None) or to one person, up to and with `until`, a
    local date of the group."""

    id: UUID
    group: UUID
    person: UUID | None
    exercise: str
    by: UUID
    at: datetime
    until: date


def add(session: Session, assignment: Assignment) -> None:
    """Keep what was given."""
    row = {
        "id": assignment.id,
        "group_id": assignment.group,
        "participant_id": assignment.person,
        "exercise_id": assignment.exercise,
        "assigned_by": assignment.by,
        "assigned_at": assignment.at,
        "until": assignment.until,
    }
    session.connection().execute(_ADD, row)


def open_for(session: Session, group: UUID, person: UUID, today: date) -> list[Assignment]:
    """What somebody was given that still counts, the newest first."""
    asked = {"group": group, "person": person, "today": today}
    return [_assignment(row) for row in session.connection().execute(_FOR, asked)]


def get(session: Session, assignment: UUID) -> Assignment | None:
    """One assignment, unless it was taken back."""
    row = session.connection().execute(_GET, {"assignment": assignment}).first()
    return None if row is None else _assignment(row)


def of_group(session: Session, group: UUID, today: date) -> list[Assignment]:
    """What was given in a group, to all or to one of them, and still counts, the newest first."""
    asked = {"group": group, "today": today}
    return [_assignment(row) for row in session.connection().execute(_OF_GROUP, asked)]


def move(session: Session, assignment: UUID, until: date) -> None:
    """It is for another day: the session it was for is on that one."""
    session.connection().execute(_MOVE, {"assignment": assignment, "day": until})


def take_back(session: Session, assignment: UUID) -> bool:
    """It was a mistake; False if somebody took it back before. Reminders that wait fall with it."""
    asked = {"assignment": assignment}
    return session.connection().execute(_TAKE_BACK, asked).rowcount == 1


def _assignment(row: Row[*tuple[Any, ...]]) -> Assignment:
    return Assignment(
        *(row.id, row.group_id, row.participant_id, row.exercise_id, row.assigned_by),
        *(row.assigned_at, row.until),
    )
