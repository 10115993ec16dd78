"""Exercises that staff opened for one person, whatever the track of the group says."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_t = tables.enabled
_ENABLE = Upsert(_t, "participant_id", "exercise_id")
_OF = select(_t.c.exercise_id).where(_t.c.participant_id == bindparam("person"))
_WHO = select(_t.c.participant_id).where(_t.c.exercise_id == bindparam("exercise"))


def enable(session: Session, person: UUID, exercise: str, by: UUID, now: datetime) -> bool:
    """Open it for this person; False if it was open already."""
    row = {"participant_id": person, "exercise_id": exercise, "enabled_by": by, "enabled_at": now}
    return _ENABLE.execute(session.connection(), row)


def who(session: Session, exercise: str) -> frozenset[UUID]:
    """Everybody for whom this exercise was opened."""
    return frozenset(session.connection().execute(_WHO, {"exercise": exercise}).scalars())


def of_person(session: Session, person: UUID) -> frozenset[str]:
    """The ids of all that was opened for this person."""
    return frozenset(session.connection().execute(_OF, {"person": person}).scalars())
