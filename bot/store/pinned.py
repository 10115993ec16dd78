"""The exercises somebody keeps at the top of their toolbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.pinned_tool
_PIN = Upsert(_t, "participant_id", "exercise_id")
_UNPIN = delete(_t).where(
    _t.c.participant_id == bindparam("person"), _t.c.exercise_id == bindparam("exercise")
)
_PINNED = (
    select(_t.c.exercise_id)
    .where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.pinned_at, _t.c.exercise_id)
)


def pin(session: Session, person: UUID, exercise: str, now: datetime) -> bool:
    """Keep it on top; False if it was there."""
    row = {"participant_id": person, "exercise_id": exercise, "pinned_at": now}
    return _PIN.execute(session.connection(), row)


def unpin(session: Session, person: UUID, exercise: str) -> None:
    """It stands by its numbers again."""
    session.connection().execute(_UNPIN, {"person": person, "exercise": exercise})


def of_person(session: Session, person: UUID) -> tuple[str, ...]:
    """What somebody keeps on top, pinned first first."""
    return tuple(session.connection().execute(_PINNED, {"person": person}).scalars())
