"""The schedules of people: when each kind of reminder comes, as `care.cadence` reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import Session

from bot.care.cadence import Schedule
from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.schedule
_COLUMNS = select(
    *(_t.c.id, _t.c.participant_id, _t.c.purpose, _t.c.name, _t.c.exercise_id, _t.c.plan),
    _t.c.active,
)
_GET = _COLUMNS.where(_t.c.id == bindparam("schedule"))
_OF_PERSON = _COLUMNS.where(_t.c.participant_id == bindparam("person")).order_by(_t.c.name)
_ADD = Upsert(_t, "participant_id", "name")
_SET = (
    update(_t)
    .where(_t.c.id == bindparam("schedule"))
    .values(
        plan=bindparam("to", type_=_t.c.plan.type),
        active=bindparam("is_active", type_=_t.c.active.type),
        exercise_id=bindparam("does", type_=_t.c.exercise_id.type),
    )
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One schedule as it is kept. `purpose` says what its moments are for, `name` which of that
    purpose it is; one that is not `active` has no next moment."""

    id: UUID
    person: UUID
    purpose: str
    name: str
    exercise: str | None
    plan: Schedule
    active: bool = True


def add(session: Session, stored: Stored, now: datetime) -> bool:
    """Keep a new schedule; False if this person has one of that name."""
    row = {
        "id": stored.id,
        "participant_id": stored.person,
        "purpose": stored.purpose,
        "name": stored.name,
        "exercise_id": stored.exercise,
        "plan": stored.plan.model_dump_json(),
        "active": stored.active,
        "created_at": now,
    }
    return _ADD.execute(session.connection(), row)


def save(session: Session, stored: Stored) -> None:
    """Keep a schedule as it is now."""
    plan = stored.plan.model_dump_json()
    row = {"schedule": stored.id, "to": plan, "is_active": stored.active, "does": stored.exercise}
    session.connection().execute(_SET, row)


def get(session: Session, schedule_id: UUID) -> Stored | None:
    """One schedule."""
    row = session.connection().execute(_GET, {"schedule": schedule_id}).first()
    return None if row is None else _stored(row)


def of_person(session: Session, person: UUID) -> list[Stored]:
    """All schedules somebody has or had, by name."""
    return [_stored(row) for row in session.connection().execute(_OF_PERSON, {"person": person})]


def _stored(row: Row[*tuple[Any, ...]]) -> Stored:
    plan = Schedule.model_validate_json(row.plan)
    return Stored(
        *(row.id, row.participant_id, row.purpose, row.name, row.exercise_id, plan, row.active)
    )
