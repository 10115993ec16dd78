"""What became of each scheduled local date: written once, by whoever decides first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, or_, select, update
from sqlmodel import Session

from bot.care.cadence import Day, Outcome, Why
from bot.store import tables
from bot.store.outbox import State
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert

_t = tables.occurrence
_o = tables.outbox
_a = tables.answer
_d = tables.outage
_BRING = insert(_t).inline()
_RECORD = Upsert(_t, "participant_id", "schedule_id", "local_date")
_COLUMNS = select(
    *(_t.c.participant_id, _t.c.schedule_id, _t.c.local_date, _t.c.planned_at, _t.c.outcome),
    *(_t.c.why, _t.c.decided_at, _t.c.exercise_id, _t.c.key, _t.c.run_id, _t.c.snoozes),
    *(
        _t.c.snoozed_to,
        _t.c.again_at,
        _t.c.touched_at,
        _t.c.answered_at,
        _o.c.status.label("delivery"),
    ),
).join_from(_t, _o, _o.c.key == _t.c.key, isouter=True)
_MINE = _t.c.participant_id == bindparam("person")
_THIS = (
    _MINE,
    _t.c.schedule_id == bindparam("schedule"),
    _t.c.local_date == bindparam("day", type_=_t.c.local_date.type),
)
_RECENT = Prepared(
    _COLUMNS.where(
        _MINE, _t.c.decided_at >= bindparam("since", type_=_t.c.decided_at.type)
    ).order_by(_t.c.decided_at)
)
_DATES = _COLUMNS.where(
    _MINE, _t.c.local_date >= bindparam("first", type_=_t.c.local_date.type)
).order_by(_t.c.local_date)
_GET = _COLUMNS.where(*_THIS)
_LAST_DATE = select(func.max(_t.c.local_date, type_=_t.c.local_date.type)).where(
    _MINE, _t.c.schedule_id == bindparam("schedule")
)
_SNOOZE = update(_t).where(*_THIS).values(snoozes=_t.c.snoozes + 1, snoozed_to=bindparam("to"))
_WAKE = update(_t).where(*_THIS).values(snoozed_to=None)
_AGAIN = (
    update(_t)
    .where(*_THIS, _t.c.snoozed_to.is_not(None))
    .values(snoozed_to=None, again_at=bindparam("at"), key=bindparam("mark"))
)
_RUN = update(_t).where(*_THIS).values(run_id=bindparam("run"), exercise_id=bindparam("does"))
_TOUCHED = update(_t).where(*_THIS, _t.c.touched_at.is_(None)).values(touched_at=bindparam("at"))
_newer = _t.alias()
_IS_LATEST = ~(
    select(_newer.c.local_date)
    .where(
        _newer.c.participant_id == _t.c.participant_id,
        _newer.c.schedule_id == _t.c.schedule_id,
        _newer.c.local_date > _t.c.local_date,
        _newer.c.outcome == Outcome.SENT.value,
        _newer.c.exercise_id == bindparam("does"),
    )
    .exists()
)
"""Today's check-in is no answer to yesterday's."""
_DONE = Prepared(
    update(_t)
    .where(
        _MINE,
        _t.c.outcome == Outcome.SENT.value,
        _t.c.answered_at.is_(None),
        or_(
            _t.c.run_id == bindparam("run"),
            (_t.c.exercise_id == bindparam("does"))
            & (_t.c.decided_at >= bindparam("since", type_=_t.c.decided_at.type))
            & _IS_LATEST,
        ),
    )
    .values(answered_at=bindparam("at"))
)
_OF_RUN = select(_t.c.run_id).where(_MINE, _t.c.run_id == bindparam("run")).limit(1)
_BY_RUN = Prepared(_COLUMNS.where(_MINE, _t.c.run_id == bindparam("run")).limit(1))
_LAST_ANSWER = (
    select(func.max(_a.c.answered_at, type_=_a.c.answered_at.type))
    .where(_a.c.participant_id == bindparam("person"))
    .scalar_subquery()
)
_LAST_OUTAGE = select(func.max(_d.c.end_at, type_=_d.c.end_at.type)).scalar_subquery()
_BEHIND = Prepared(select(_LAST_ANSWER.label("answer"), _LAST_OUTAGE.label("outage")))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One local date of one schedule. `outcome` and `why` are what holds by now: a message that
    was queued and then called off, expired or refused was not sent. `sent_at` is the last time."""

    schedule: UUID
    local_date: date
    outcome: Outcome
    why: Why | None
    decided_at: datetime
    planned_at: datetime | None = None
    exercise: str | None = None
    key: str | None = None
    run: UUID | None = None
    snoozes: int = 0
    snoozed_to: datetime | None = None
    again_at: datetime | None = None
    touched_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def day(self) -> Day:
        """As `care.cadence` counts it."""
        return Day(self.local_date, self.outcome, self.why)

    @property
    def sent_at(self) -> datetime | None:
        """When it was last sent (UTC), None if it was not."""
        return (self.again_at or self.decided_at) if self.outcome is Outcome.SENT else None


def record(
    session: Session,
    person: UUID,
    schedule: UUID,
    day: Day,
    now: datetime,
    *,
    planned_at: datetime | None = None,
    key: str | None = None,
) -> bool:
    """Write the outcome of a local date; False if it has one, which stands."""
    row = {
        "participant_id": person,
        "schedule_id": schedule,
        "local_date": day.local_date,
        "planned_at": planned_at,
        "outcome": day.outcome.value,
        "why": None if day.why is None else day.why.value,
        "decided_at": now,
        "exercise_id": None,
        "key": key,
        "snoozes": 0,
    }
    return _RECORD.execute(session.connection(), row)


def bring_in(session: Session, person: UUID, past: Sequence[Occurrence]) -> None:
    """Write dates that are over already as they stand, many at once; none has an outcome yet."""
    rows = [
        {
            "participant_id": person,
            "schedule_id": each.schedule,
            "local_date": each.local_date,
            "planned_at": each.planned_at,
            "outcome": each.outcome.value,
            "why": None if each.why is None else each.why.value,
            "decided_at": each.decided_at,
            "exercise_id": each.exercise,
            "key": each.key,
            "run_id": each.run,
            "snoozes": each.snoozes,
            "touched_at": each.touched_at,
            "answered_at": each.answered_at,
        }
        for each in past
    ]
    if rows:
        session.connection().execute(_BRING, rows)


def recent(session: Session, person: UUID, since: datetime) -> list[Occurrence]:
    """What was decided since then for somebody, of all schedules, oldest first."""
    rows = _RECENT.all(session.connection(), {"person": person, "since": since})
    return [_occurrence(row) for row in rows]


def from_date(session: Session, person: UUID, first: date) -> list[Occurrence]:
    """Every local date from the first on, of all schedules, in order."""
    rows = session.connection().execute(_DATES, {"person": person, "first": first})
    return [_occurrence(row) for row in rows]


def get(session: Session, person: UUID, schedule: UUID, day: date) -> Occurrence | None:
    """One local date of one schedule."""
    row = session.connection().execute(_GET, _this(person, schedule, day)).first()
    return None if row is None else _occurrence(row)


def last_date(session: Session, person: UUID, schedule: UUID) -> date | None:
    """The last local date of a schedule that has an outcome."""
    of = {"person": person, "schedule": schedule}
    return session.connection().execute(_LAST_DATE, of).scalar()


def put_off(session: Session, person: UUID, schedule: UUID, day: date, to: datetime) -> None:
    """It comes back then."""
    session.connection().execute(_SNOOZE, {**_this(person, schedule, day), "to": to})


def stay_away(session: Session, person: UUID, schedule: UUID, day: date) -> None:
    """It does not come back."""
    session.connection().execute(_WAKE, _this(person, schedule, day))


def came_back(
    session: Session, person: UUID, schedule: UUID, day: date, now: datetime, key: str
) -> bool:
    """It is sent again now; False if somebody else did so already."""
    row = {**_this(person, schedule, day), "at": now, "mark": key}
    return session.connection().execute(_AGAIN, row).rowcount == 1


def begun(
    session: Session, person: UUID, schedule: UUID, day: date, run: UUID | None, exercise: str
) -> None:
    """The exercise it asked for, and the run it began, if it did."""
    row = {**_this(person, schedule, day), "run": run, "does": exercise}
    session.connection().execute(_RUN, row)


def touched(session: Session, person: UUID, schedule: UUID, day: date, now: datetime) -> None:
    """The person pressed one of its buttons; the first time stands."""
    session.connection().execute(_TOUCHED, {**_this(person, schedule, day), "at": now})


def finished(
    session: Session, person: UUID, run: UUID, exercise: str, since: datetime, now: datetime
) -> None:
    """An exercise was finished: what asked for it last, by each schedule since then, has its
    answer."""
    row = {"person": person, "run": run, "does": exercise, "since": since, "at": now}
    _DONE.run(session.connection(), row)


def is_ours(session: Session, person: UUID, run: UUID) -> bool:
    """Whether this exercise was begun by a reminder and not by the person."""
    found = session.connection().execute(_OF_RUN, {"person": person, "run": run}).first()
    return found is not None


def of_run(session: Session, person: UUID, run: UUID) -> Occurrence | None:
    """What this exercise was begun by; None where the person began it."""
    row = _BY_RUN.first(session.connection(), {"person": person, "run": run})
    return None if row is None else _occurrence(row)


class Behind(NamedTuple):
    """When a person last answered any question, and when we were last down (its end)."""

    answered_at: datetime | None
    down_until: datetime | None


def behind(session: Session, person: UUID) -> Behind:
    """What lies behind a person, and behind us, in one look."""
    return Behind(*_BEHIND.all(session.connection(), {"person": person})[0])


def _this(person: UUID, schedule: UUID, day: date) -> dict[str, Any]:
    return {"person": person, "schedule": schedule, "day": day}


_NOT_SENT = {
    State.EXPIRED.value: (Outcome.EXPIRED, Why.LATE),
    State.CANCELLED.value: (Outcome.SKIPPED, Why.CALLED_OFF),
    State.FAILED.value: (Outcome.MISSED_SYSTEM, Why.NOT_DELIVERED),
}


def _occurrence(row: Row[*tuple[Any, ...]]) -> Occurrence:
    outcome, why = Outcome(row.outcome), None if row.why is None else Why(row.why)
    if outcome is Outcome.SENT and row.delivery in _NOT_SENT:
        outcome, why = _NOT_SENT[row.delivery]
    return Occurrence(
        *(row.schedule_id, row.local_date, outcome, why, row.decided_at, row.planned_at),
        *(row.exercise_id, row.key, row.run_id, row.snoozes, row.snoozed_to),
        *(row.again_at, row.touched_at, row.answered_at),
    )
