"""What people did before: exercises they finished or stopped, and when."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlmodel import Session

from bot.engine.run import Status
from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.runs import COLUMNS, StoredRun, stored_run
from bot.store.vault import Vault

_t = tables.run
_a = tables.answer
_WITH_ANSWERS = or_(
    _t.c.status == Status.FINISHED.value,
    and_(_t.c.status == Status.STOPPED.value, exists().where(_a.c.run_id == _t.c.id)),
)
_OF_PEOPLE = COLUMNS.where(
    _t.c.participant_id.in_(bindparam("people", expanding=True)),
    _t.c.status == Status.FINISHED.value,
    _t.c.finished_at >= bindparam("start", type_=_t.c.finished_at.type),
    _t.c.finished_at <= bindparam("end", type_=_t.c.finished_at.type),
).order_by(_t.c.finished_at, _t.c.id)
_FILLED = select(_t.c.about).where(
    _t.c.participant_id == bindparam("person"),
    _t.c.exercise_id == bindparam("exercise"),
    _t.c.status == Status.FINISHED.value,
    _t.c.about >= bindparam("since", type_=_t.c.about.type),
)
_DID = Prepared(
    select(_t.c.id)
    .where(
        _t.c.participant_id == bindparam("person"),
        _t.c.exercise_id == bindparam("exercise"),
        _t.c.status == Status.FINISHED.value,
        _t.c.finished_at >= bindparam("since", type_=_t.c.finished_at.type),
    )
    .limit(1)
)
_FINISHED = (
    select(_t.c.exercise_id, _t.c.finished_at)
    .where(
        _t.c.participant_id == bindparam("person"),
        _t.c.finished_at >= bindparam("since", type_=_t.c.finished_at.type),
        _t.c.status == Status.FINISHED.value,
    )
    .order_by(_t.c.finished_at)
)


def filled_days(session: Session, person: UUID, exercise: str, since: date) -> set[date]:
    """The days from `since` on that this person has finished an entry about."""
    values = {"person": person, "exercise": exercise, "since": since}
    return set(session.connection().execute(_FILLED, values).scalars())


def did(session: Session, person: UUID, exercise: str, since: datetime) -> bool:
    """Whether this person finished this exercise since then; nothing is opened for it."""
    values = {"person": person, "exercise": exercise, "since": since}
    return _DID.first(session.connection(), values) is not None


def finished(session: Session, person: UUID, since: datetime) -> list[tuple[str, datetime]]:
    """Which exercises this person finished when; nothing is opened for it."""
    asked = {"person": person, "since": since}
    return [(row[0], row[1]) for row in session.connection().execute(_FINISHED, asked)]


def history(
    session: Session,
    vault: Vault,
    person: UUID,
    *,
    limit: int = 10,
    before: datetime | None = None,
    exercise: str | None = None,
    since: datetime | None = None,
    ended: bool = False,
) -> list[StoredRun]:
    """What this person finished, newest first: `since` ≤ finished < `before`.

    With `ended`, also what they stopped on the way, where they had answered anything: a check-in
    that nobody looked at is set aside too, and is nothing they wrote.
    """
    wanted = _WITH_ANSWERS if ended else _t.c.status == Status.FINISHED.value
    query = COLUMNS.where(_t.c.participant_id == person, wanted)
    if before is not None:
        query = query.where(_t.c.finished_at < before)
    if since is not None:
        query = query.where(_t.c.finished_at >= since)
    if exercise is not None:
        query = query.where(_t.c.exercise_id == exercise)
    query = query.order_by(_t.c.finished_at.desc(), _t.c.id.desc()).limit(limit)
    return [stored_run(session, vault, row) for row in session.connection().execute(query).all()]


def newest(
    session: Session,
    vault: Vault,
    person: UUID,
    exercise: str,
    now: datetime,
    *,
    ended: bool = False,
) -> StoredRun | None:
    """The last time this person finished this exercise, or with `ended` stopped it on the way. What
    a clock that ran ahead finished in what is the future still is older than what came after."""
    wanted = _WITH_ANSWERS if ended else _t.c.status == Status.FINISHED.value
    query = (
        COLUMNS.where(_t.c.participant_id == person, _t.c.exercise_id == exercise, wanted)
        .order_by(_t.c.finished_at > now, _t.c.finished_at.desc(), _t.c.id.desc())
        .limit(1)
    )
    row = session.connection().execute(query).first()
    return None if row is None else stored_run(session, vault, row)


def of_exercises(
    session: Session, vault: Vault, person: UUID, exercises: Iterable[str], limit: int
) -> list[StoredRun]:
    """What this person ever finished of these exercises, newest first."""
    query = (
        COLUMNS.where(
            _t.c.participant_id == person,
            _t.c.status == Status.FINISHED.value,
            _t.c.exercise_id.in_(list(exercises)),
        )
        .order_by(_t.c.finished_at.desc(), _t.c.id.desc())
        .limit(limit)
    )
    return [stored_run(session, vault, row) for row in session.connection().execute(query).all()]


def of_people(
    session: Session, vault: Vault, people: Iterable[UUID], start: datetime, end: datetime
) -> list[StoredRun]:
    """What these people finished from `start` to `end` (UTC, both included), oldest first: each is
    opened, so ask for a week and not for a year."""
    asked = {"people": list(people), "start": start, "end": end}
    rows = session.connection().execute(_OF_PEOPLE, asked).all()
    return [stored_run(session, vault, row) for row in rows]
