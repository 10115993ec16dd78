"""Who is in which workshop and which lessons have opened: ids, dates and states, no words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlmodel import Session

from bot.catalog.workshop import Workshop
from bot.errors import BetweenError
from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert

_t = tables.enrolment
_l = tables.lesson
_COLUMNS = select(
    *(_t.c.id, _t.c.participant_id, _t.c.workshop_id, _t.c.revision, _t.c.state, _t.c.given_by),
    *(_t.c.created_at, _t.c.joined_on, _t.c.ends_on),
)
_OF_PERSON = Prepared(
    _COLUMNS.where(_t.c.participant_id == bindparam("person")).order_by(_t.c.created_at, _t.c.id)
)
_GET = _COLUMNS.where(_t.c.id == bindparam("enrolment"))
_GIVEN = (
    _COLUMNS.join(tables.member, tables.member.c.participant_id == _t.c.participant_id)
    .where(
        tables.member.c.group_id == bindparam("group"),
        _t.c.given_by.is_not(None),
        _t.c.state.in_(("running", "waiting")),
    )
    .order_by(_t.c.created_at.desc(), _t.c.id)
)
_ADD = insert(_t).inline()
_REMOVE = delete(_t).where(_t.c.id == bindparam("enrolment"))
_SET = (
    update(_t)
    .where(_t.c.id == bindparam("enrolment"))
    .values(
        state=bindparam("to"),
        joined_on=bindparam("joined", type_=_t.c.joined_on.type),
        ends_on=bindparam("ends", type_=_t.c.ends_on.type),
    )
)
_STOP = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"), _t.c.state.in_(("running", "waiting")))
    .values(state="left")
)
_LESSONS = select(_l.c.lesson, _l.c.opened_on, _l.c.opened_at)
_OPENED = _LESSONS.where(_l.c.enrolment_id == bindparam("enrolment")).order_by(_l.c.opened_at)
_BEGUN = (
    select(_l.c.enrolment_id)
    .join(tables.member, tables.member.c.participant_id == _l.c.participant_id)
    .where(tables.member.c.group_id == bindparam("group"))
    .distinct()
)
_OPEN = Upsert(_l, "enrolment_id", "lesson")
_CLOSE = delete(_l).where(
    _l.c.enrolment_id == bindparam("enrolment"), _l.c.lesson == bindparam("name")
)
_KEEP = Upsert(tables.revision, "sha")
_RECALL = select(tables.revision.c.definition).where(tables.revision.c.sha == bindparam("sha"))

# Safe to share between databases and to keep for ever: a sha names its content.
_recalled: dict[str, Workshop] = {}


class State(StrEnum):
    """How somebody stands to a workshop."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person in one workshop, as it was defined (`revision`) when they joined."""

    id: UUID
    person: UUID
    workshop: str
    revision: str
    state: State
    given_by: UUID | None
    created_at: datetime
    joined_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A lesson that has opened, on which local date."""

    lesson: str
    on: date
    at: datetime


def add(session: Session, enrolment: Enrolment, workshop: Workshop, now: datetime) -> None:
    """Keep a new enrolment with the definition it follows. The database refuses a second running
    one (`IntegrityError`)."""
    kept = {"sha": workshop.revision, "exercise_id": workshop.id}
    _KEEP.execute(
        session.connection(), {**kept, "definition": workshop.canonical(), "kept_at": now}
    )
    row = {
        "id": enrolment.id,
        "participant_id": enrolment.person,
        "workshop_id": enrolment.workshop,
        "revision": enrolment.revision,
        "state": enrolment.state.value,
        "given_by": enrolment.given_by,
        "created_at": enrolment.created_at,
        "joined_on": enrolment.joined_on,
        "ends_on": enrolment.ends_on,
    }
    session.connection().execute(_ADD, row)


def save(session: Session, enrolment: Enrolment) -> None:
    """Keep its state and dates as they are now."""
    row = {"enrolment": enrolment.id, "to": enrolment.state.value}
    dates = {"joined": enrolment.joined_on, "ends": enrolment.ends_on}
    session.connection().execute(_SET, {**row, **dates})


def remove(session: Session, enrolment: UUID) -> None:
    """It never was. Only for one of which no lesson has opened."""
    session.connection().execute(_REMOVE, {"enrolment": enrolment})


def given_in(session: Session, group: UUID) -> list[Enrolment]:
    """What staff gave to people of a group and is neither over nor left, the newest first."""
    rows = session.connection().execute(_GIVEN, {"group": group})
    return [_enrolment(row) for row in rows]


def stop_all(session: Session, person: UUID) -> None:
    """The programme is over for this person; what they did stays."""
    session.connection().execute(_STOP, {"person": person})


def of_person(session: Session, person: UUID) -> list[Enrolment]:
    """All workshops somebody is or was in, the first one first."""
    rows = _OF_PERSON.all(session.connection(), {"person": person})
    return [_enrolment(row) for row in rows]


def get(session: Session, enrolment: UUID) -> Enrolment | None:
    """One of them."""
    row = session.connection().execute(_GET, {"enrolment": enrolment}).first()
    return None if row is None else _enrolment(row)


def running(session: Session, person: UUID) -> Enrolment | None:
    """The one that runs, if one does."""
    mine = of_person(session, person)
    return next((each for each in mine if each.state is State.RUNNING), None)


def definition(session: Session, enrolment: Enrolment) -> Workshop:
    """The workshop as it was when they joined."""
    sha = enrolment.revision
    if sha not in _recalled:
        text = session.connection().execute(_RECALL, {"sha": sha}).scalar()
        if text is None:
            raise BetweenError(f"No workshop was kept under {sha[:12]}…; rows are missing.")
        _recalled[sha] = Workshop.model_validate_json(text)
    return _recalled[sha]


def opened(session: Session, enrolment: UUID) -> list[Opened]:
    """The lessons that have opened, the first one first."""
    rows = session.connection().execute(_OPENED, {"enrolment": enrolment})
    return [Opened(row.lesson, row.opened_on, row.opened_at) for row in rows]


def begun(session: Session, group: UUID) -> set[UUID]:
    """The enrolments of people of a group in which at least one lesson has opened."""
    return set(session.connection().execute(_BEGUN, {"group": group}).scalars())


def open_lesson(
    session: Session, enrolment: Enrolment, lesson: str, day: date, now: datetime
) -> bool:
    """A lesson opens; False if it had."""
    row = {
        "enrolment_id": enrolment.id,
        "lesson": lesson,
        "participant_id": enrolment.person,
        "opened_on": day,
        "opened_at": now,
    }
    return _OPEN.execute(session.connection(), row)


def close_lesson(session: Session, enrolment: UUID, lesson: str) -> None:
    """Not today: it will open another time."""
    session.connection().execute(_CLOSE, {"enrolment": enrolment, "name": lesson})


def _enrolment(row: Row[*tuple[Any, ...]]) -> Enrolment:
    return Enrolment(
        *(row.id, row.participant_id, row.workshop_id, row.revision, State(row.state)),
        *(row.given_by, row.created_at, row.joined_on, row.ends_on),
    )
