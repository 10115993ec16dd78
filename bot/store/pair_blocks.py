"""Who must not be paired again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert

_b = tables.pair_block
_BLOCK = Upsert(_b, "participant_id", "blocked_id")
_BLOCKS = select(_b.c.participant_id, _b.c.blocked_id).where(
    or_(
        _b.c.participant_id.in_(bindparam("people", expanding=True)),
        _b.c.blocked_id.in_(bindparam("people", expanding=True)),
    )
)


def block(session: Session, person: UUID, other: UUID, now: datetime) -> None:
    """These two are never proposed to each other again."""
    row = {"participant_id": person, "blocked_id": other, "at": now}
    _BLOCK.execute(session.connection(), row)


def blocked(session: Session, people: list[UUID]) -> frozenset[frozenset[UUID]]:
    """The pairs of people, one of them among these, of whom one blocked the other."""
    if not people:
        return frozenset()
    rows = session.connection().execute(_BLOCKS, {"people": people}).all()
    return frozenset(frozenset((row.participant_id, row.blocked_id)) for row in rows)
