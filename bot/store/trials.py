"""Exercises that staff try by themselves: the file to fetch, then how far they have come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import delete, select, update
from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.engine.run import Run
from bot.private import PRIVATE
from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

_t = tables.trial


class SentFile(BaseModel):
    """A file in Telegram's keeping: its id there, and the name it was sent under."""

    model_config = PRIVATE

    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One member of staff in an exercise they sent, or look at before they give it to the group or
    person `target`; nothing of it is an answer of anybody."""

    id: UUID
    person: UUID
    exercise: Exercise
    run: Run
    target: UUID | None = None


def ask(session: Session, vault: Vault, person: UUID, file: SentFile, now: datetime) -> None:
    """Note that this file is to be fetched; what they tried before is gone."""
    drop(session, person)
    trial = new_id(now)
    sealed = vault.seal(session, person, _place(trial, "file"), file.model_dump_json().encode())
    row = {"id": trial, "participant_id": person, "sealed_file": sealed, "updated_at": now}
    session.connection().execute(_t.insert(), row)


def begin(session: Session, person: UUID, target: UUID, now: datetime) -> UUID:
    """They look at an exercise before they give it; its id. What they tried before is gone. The
    caller keeps how far they have come."""
    drop(session, person)
    trial = new_id(now)
    row = {"id": trial, "participant_id": person, "target_id": target, "updated_at": now}
    session.connection().execute(_t.insert(), row)
    return trial


def to_fetch(session: Session, vault: Vault) -> list[tuple[UUID, UUID, SentFile]]:
    """The files that are still to be fetched: the trial, whose it is, which file."""
    query = select(_t.c.id, _t.c.participant_id, _t.c.sealed_file).where(
        _t.c.sealed_file.is_not(None)
    )
    rows = session.connection().execute(query.order_by(_t.c.id)).all()
    return [
        (
            row.id,
            row.participant_id,
            SentFile.model_validate_json(
                vault.open(session, row.participant_id, _place(row.id, "file"), row.sealed_file)
            ),
        )
        for row in rows
    ]


def is_to_fetch(session: Session, trial: UUID) -> bool:
    """Whether it is still this file that is waited for."""
    query = select(_t.c.id).where(_t.c.id == trial, _t.c.sealed_file.is_not(None))
    return session.connection().execute(query).first() is not None


def keep(session: Session, vault: Vault, trial: Trial, now: datetime) -> None:
    """How far they have come; the file need not be fetched any more."""
    values = {
        "sealed_file": None,
        "sealed_exercise": _sealed(session, vault, trial, "exercise", trial.exercise.canonical()),
        "sealed_state": _sealed(session, vault, trial, "state", trial.run.model_dump_json()),
        "updated_at": now,
    }
    session.connection().execute(update(_t).where(_t.c.id == trial.id).values(**values))


def of(session: Session, vault: Vault, person: UUID) -> Trial | None:
    """What this reviewer is trying, if they are in it."""
    query = select(_t.c.id, _t.c.sealed_exercise, _t.c.sealed_state, _t.c.target_id).where(
        _t.c.participant_id == person, _t.c.sealed_state.is_not(None)
    )
    row = session.connection().execute(query).first()
    if row is None:
        return None
    exercise = vault.open(session, person, _place(row.id, "exercise"), row.sealed_exercise)
    state = vault.open(session, person, _place(row.id, "state"), row.sealed_state)
    read = Exercise.model_validate_json(exercise), Run.model_validate_json(state)
    return Trial(row.id, person, *read, row.target_id)


def drop(session: Session, person: UUID) -> None:
    """It is over, or another one begins."""
    session.connection().execute(delete(_t).where(_t.c.participant_id == person))


def forget(session: Session, before: datetime) -> None:
    """Drops what nobody went on with since then."""
    session.connection().execute(delete(_t).where(_t.c.updated_at < before))


def _sealed(session: Session, vault: Vault, trial: Trial, what: str, text: str) -> bytes:
    return vault.seal(session, trial.person, _place(trial.id, what), text.encode())


def _place(trial: UUID, what: str) -> Place:
    return Place("trial", f"sealed_{what}", trial.hex)
