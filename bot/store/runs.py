"""How far people have come in their exercises, and what they answered: always sealed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlmodel import Session

from bot.engine.run import Run, Value
from bot.private import PRIVATE
from bot.store import tables
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.run
_a = tables.answer
_VALUE: TypeAdapter[Value] = TypeAdapter(Value, config=PRIVATE)

COLUMNS = select(
    _t.c.id, _t.c.participant_id, _t.c.revision, _t.c.sealed_state, _t.c.started_at, _t.c.updated_at
)
_OPEN = Prepared(
    COLUMNS.where(
        _t.c.participant_id == bindparam("person"),
        _t.c.finished_at.is_(None),  # open, in the words of the index `ix_run_history`
    )
    .order_by(_t.c.status.desc(), _t.c.updated_at.desc(), _t.c.id.desc())  # waiting comes first
    .limit(bindparam("many"))
)
_GET = Prepared(COLUMNS.where(_t.c.id == bindparam("run")))
_BEGIN = insert(_t).inline()
_BEGIN_ONE = Prepared(_BEGIN)
_SAVE = Prepared(
    update(_t)
    .where(_t.c.id == bindparam("run"))
    .values(
        status=bindparam("status"),
        cursor=bindparam("cursor"),
        turn=bindparam("turn"),
        sealed_state=bindparam("sealed_state"),
        updated_at=bindparam("updated_at"),
        finished_at=bindparam("finished_at"),
    )
)
_ANSWER = Upsert(_a, "run_id", "step", replace=("sealed_body", "answered_at"))
_BRING = insert(_a).inline()
_ANSWERS = Prepared(
    select(_a.c.step, _a.c.participant_id, _a.c.sealed_body)
    .where(_a.c.run_id == bindparam("run"))
    .order_by(_a.c.answered_at, _a.c.step)
)
_DROP = delete(_a).where(
    _a.c.run_id == bindparam("run"), _a.c.step.in_(bindparam("steps", expanding=True))
)


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run together with whose it is and which revision of the exercise it follows."""

    id: UUID
    person: UUID
    revision: str
    run: Run
    started_at: datetime
    updated_at: datetime


class Answer(NamedTuple):
    """What was answered at one step, and when (UTC)."""

    step: str
    value: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over, with all its answers; `stored.updated_at` is when it ended."""

    stored: StoredRun
    answers: tuple[Answer, ...]


def open_run(session: Session, vault: Vault, person: UUID) -> StoredRun | None:
    """The run that waits for this person, else the one last set aside."""
    return next(iter(open_runs(session, vault, person, 1)), None)


def open_runs(session: Session, vault: Vault, person: UUID, limit: int) -> list[StoredRun]:
    """Every run this person can go on with: the waiting one first, then the latest set aside."""
    rows = _OPEN.all(session.connection(), {"person": person, "many": limit})
    return [stored_run(session, vault, row) for row in rows]


def get_run(session: Session, vault: Vault, run_id: UUID) -> StoredRun | None:
    """A run by its id, open or not."""
    row = _GET.first(session.connection(), {"run": run_id})
    return None if row is None else stored_run(session, vault, row)


def begin_run(
    session: Session, vault: Vault, person: UUID, revision: str, run: Run, now: datetime
) -> StoredRun:
    """Write a new run. The database refuses a second waiting one (`IntegrityError`)."""
    stored = StoredRun(new_id(now), person, revision, run, now, now)
    _BEGIN_ONE.run(session.connection(), _row(session, vault, stored))
    return stored


def bring_in(session: Session, vault: Vault, ended: Sequence[Ended]) -> None:
    """Write runs that are over already, with their answers, many at once."""
    answers = [
        _answer(session, vault, each.stored, *answer) for each in ended for answer in each.answers
    ]
    if ended:
        rows = [_row(session, vault, each.stored) for each in ended]
        session.connection().execute(_BEGIN, rows)
    if answers:
        session.connection().execute(_BRING, answers)


def save_run(
    session: Session, vault: Vault, stored: StoredRun, run: Run, now: datetime
) -> StoredRun:
    """Write how far the run has come; the stored run as it is now."""
    later = replace(stored, run=run, updated_at=now)
    state = _state(session, vault, later, now)
    if _SAVE.run(session.connection(), {"run": stored.id, **state}) != 1:
        raise LookupError(f"run {stored.id} is gone")
    return later


def save_answer(
    session: Session, vault: Vault, stored: StoredRun, step: str, value: Value, now: datetime
) -> None:
    """Keep the answer to one step; a later answer to the same step takes its place."""
    _ANSWER.execute(session.connection(), _answer(session, vault, stored, step, value, now))


def drop_answers(session: Session, run_id: UUID, steps: Iterable[str]) -> None:
    """Forget the answers to these steps, for instance after going Back."""
    session.connection().execute(_DROP, {"run": run_id, "steps": list(steps)})


def answers(session: Session, vault: Vault, run_id: UUID) -> dict[str, Value]:
    """Every answer of a run by step, in the order they were given."""
    rows = _ANSWERS.all(session.connection(), {"run": run_id})
    return {
        row.step: _VALUE.validate_json(
            vault.open(
                session, row.participant_id, _answer_place(run_id, row.step), row.sealed_body
            )
        )
        for row in rows
    }


def _row(session: Session, vault: Vault, stored: StoredRun) -> dict[str, Any]:
    return {
        "id": stored.id,
        "participant_id": stored.person,
        "exercise_id": stored.run.exercise,
        "revision": stored.revision,
        "started_at": stored.started_at,
        "about": stored.run.about,
        **_state(session, vault, stored, stored.updated_at),
    }


def _answer(
    session: Session, vault: Vault, stored: StoredRun, step: str, value: Value, at: datetime
) -> dict[str, Any]:
    place = _answer_place(stored.id, step)
    return {
        "run_id": stored.id,
        "step": step,
        "participant_id": stored.person,
        "sealed_body": vault.seal(session, stored.person, place, _VALUE.dump_json(value)),
        "answered_at": at,
    }


def _state(session: Session, vault: Vault, stored: StoredRun, now: datetime) -> dict[str, Any]:
    run = stored.run
    return {
        "status": run.status.value,
        "cursor": run.cursor,
        "turn": run.turn,
        "sealed_state": vault.seal(
            session, stored.person, _state_place(stored.id), run.model_dump_json().encode()
        ),
        "updated_at": now,
        "finished_at": None if run.is_open else now,
    }


def stored_run(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> StoredRun:
    """A row of `COLUMNS`, opened."""
    plain = vault.open(session, row.participant_id, _state_place(row.id), row.sealed_state)
    return StoredRun(
        row.id,
        row.participant_id,
        row.revision,
        Run.model_validate_json(plain),
        row.started_at,
        row.updated_at,
    )


def _state_place(run_id: UUID) -> Place:
    return Place("run", "sealed_state", run_id.hex)


def _answer_place(run_id: UUID, step: str) -> Place:
    return Place("answer", "sealed_body", f"{run_id.hex}.{step}")
