"""Signatures under exercises: who of the staff has read which wording, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert

_t = tables.review
_SIGN = Upsert(_t, "exercise_id", "revision")
_ALL = select(_t.c.exercise_id, _t.c.revision, _t.c.by, _t.c.at)
_OF = Prepared(_ALL.where(_t.c.exercise_id == bindparam("exercise")))
_TAKE_BACK = delete(_t).where(
    _t.c.exercise_id == bindparam("exercise"), _t.c.revision == bindparam("sha")
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody on the staff has read one wording: `revision` is its SHA-256 in hex."""

    revision: str
    by: UUID
    at: datetime


def sign(session: Session, exercise: str, revision: str, by: UUID, now: datetime) -> bool:
    """Signs this wording; False where somebody has done so before."""
    row = {"exercise_id": exercise, "revision": revision, "by": by, "at": now}
    return _SIGN.execute(session.connection(), row)


def take_back(session: Session, exercise: str, revision: str) -> bool:
    """Nobody has signed this wording any more; False where nobody had."""
    asked = {"exercise": exercise, "sha": revision}
    return session.connection().execute(_TAKE_BACK, asked).rowcount == 1


def everything(session: Session) -> Mapping[str, tuple[Signature, ...]]:
    """The signatures of all wordings, by exercise."""
    found: dict[str, tuple[Signature, ...]] = {}
    for row in session.connection().execute(_ALL).all():
        signature = Signature(row.revision, row.by, row.at)
        found[row.exercise_id] = (*found.get(row.exercise_id, ()), signature)
    return found


def of_exercise(session: Session, exercise: str) -> tuple[Signature, ...]:
    """The signatures under one exercise, of whichever wording."""
    rows = _OF.all(session.connection(), {"exercise": exercise})
    return tuple(Signature(row.revision, row.by, row.at) for row in rows)
