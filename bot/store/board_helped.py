"""Whom a line on the board helped: ids and moments, each person once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_h = tables.board_helped
_HELPED = Upsert(_h, "line_id", "participant_id")
_COUNTS = (
    select(_h.c.line_id, func.count().label("many"))
    .where(_h.c.line_id.in_(bindparam("lines", expanding=True)))
    .group_by(_h.c.line_id)
)
_MINE = select(_h.c.line_id).where(_h.c.participant_id == bindparam("person"))


def helped(session: Session, line_id: UUID, person: UUID, now: datetime) -> bool:
    """Somebody was helped by it; False if they had said so before."""
    row = {"line_id": line_id, "participant_id": person, "at": now}
    return _HELPED.execute(session.connection(), row)


def counts(session: Session, lines: Collection[UUID]) -> dict[UUID, int]:
    """How many people each line helped; those that helped nobody yet are not among them."""
    rows = session.connection().execute(_COUNTS, {"lines": list(lines)})
    return {row.line_id: row.many for row in rows}


def by(session: Session, person: UUID) -> set[UUID]:
    """The lines that helped this person."""
    return set(session.connection().execute(_MINE, {"person": person}).scalars())
