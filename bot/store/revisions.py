"""Exercises exactly as they were when somebody began them, kept under their own sha256."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.tracks import Adapted
from bot.errors import BetweenError
from bot.store import tables
from bot.store.upsert import Upsert

_KEEP = Upsert(tables.revision, "sha")
_RECALL = select(tables.revision.c.definition).where(tables.revision.c.sha == bindparam("sha"))

OVERLAID = '"overlays":'
"""Only the definition of a track's own exercise holds this; inside texts, quotes are escaped."""

# Safe to share between databases and to keep for ever: a sha names its content.
_recalled: dict[str, Exercise] = {}
_written: dict[str, str] = {}


def keep(session: Session, exercise: Exercise, now: datetime) -> str:
    """Keep this definition, once; the sha it can be recalled by."""
    sha = exercise.revision
    definition = _written.get(sha)
    if definition is None:  # to write it out costs more than all the rest of a beginning
        definition = _written[sha] = exercise.canonical()
    row = {"sha": sha, "exercise_id": exercise.id, "definition": definition, "kept_at": now}
    _KEEP.execute(session.connection(), row)
    return sha


def recall(session: Session, sha: str) -> Exercise:
    """The exercise kept under this sha."""
    if sha not in _recalled:
        _recalled[sha] = _read(session, sha)
    return _recalled[sha]


def _read(session: Session, sha: str) -> Exercise:
    text = session.connection().execute(_RECALL, {"sha": sha}).scalar()
    if text is None:
        raise BetweenError(f"No exercise was kept under {sha[:12]}…; the database is incomplete.")
    kind = Adapted if OVERLAID in text else Exercise
    return kind.model_validate_json(text)
