"""Everything that happens later: one table, one row for each moment to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, exists, func, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.people import Standing
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert

_t = tables.due
_p = tables.participant
_COLUMNS = (_t.c.id, _t.c.participant_id, _t.c.kind, _t.c.subject, _t.c.turn, _t.c.at)

# A moment that is moved gets a new id: whoever saw the old one as ripe must not take it any more.
_SET = Upsert(_t, "key", replace=("id", "participant_id", "kind", "subject", "turn", "at"))
_ENSURE = Upsert(_t, "key")
_FIND = Prepared(select(*_COLUMNS).where(_t.c.key == bindparam("of")))
_CLEAR = Prepared(delete(_t).where(_t.c.key == bindparam("of")))
_RIPE = (
    select(*_COLUMNS)
    .where(_t.c.at <= bindparam("now"))
    .order_by(_t.c.at, _t.c.id)
    .limit(bindparam("many"))
)
_FREE = (
    select(_t.c.id).where(_t.c.id == bindparam("due")).with_for_update(skip_locked=True)
).scalar_subquery()
_TAKE = delete(_t).where(_t.c.id == _FREE).returning(*_COLUMNS)
_PLANNED = Prepared(select(_t.c.at).where(_t.c.key == bindparam("of")))
_BRING_FORWARD = (
    update(_t)
    .where(
        _t.c.kind.in_(bindparam("kinds", expanding=True)),
        _t.c.at > bindparam("now", type_=_t.c.at.type),
    )
    .values(at=bindparam("now", type_=_t.c.at.type))
)
_MEMBERS_WITHOUT = (
    select(_p.c.id)
    .where(
        _p.c.standing == Standing.MEMBER.value,
        ~exists().where(_t.c.participant_id == _p.c.id, _t.c.kind == bindparam("what")),
    )
    .order_by(_p.c.id)
)
_ABOUT = select(func.count()).where(
    _t.c.kind == bindparam("what"), _t.c.subject == bindparam("about")
)
_NEXT = select(func.min(_t.c.at, type_=_t.c.at.type))


@dataclass(frozen=True, slots=True)
class Due:
    """One moment: `kind` says what, `subject` and `turn` of what."""

    id: UUID
    person: UUID
    kind: str
    subject: UUID | None
    turn: int | None
    at: datetime


def set_due(
    session: Session,
    person: UUID,
    kind: str,
    subject: UUID | None,
    turn: int | None,
    at: datetime,
    key: str,
    now: datetime,
) -> None:
    """Plan a moment, or move the one planned under the same key."""
    row = {
        "id": new_id(now),
        "participant_id": person,
        "kind": kind,
        "subject": subject,
        "turn": turn,
        "at": at,
        "key": key,
    }
    _SET.execute(session.connection(), row)


def ensure_due(
    session: Session, person: UUID, kind: str, at: datetime, key: str, now: datetime
) -> bool:
    """Plan a moment unless one is planned under this key; False if there was."""
    row = {"id": new_id(now), "participant_id": person, "kind": kind, "at": at, "key": key}
    return _ENSURE.execute(session.connection(), row)


def find_due(session: Session, key: str) -> Due | None:
    """The moment planned under this key, if there is one."""
    row = _FIND.first(session.connection(), {"of": key})
    return None if row is None else _due(row)


def clear_due(session: Session, key: str) -> None:
    """Call off the moment planned under this key, if there is one."""
    _CLEAR.run(session.connection(), {"of": key})


def planned(session: Session, key: str) -> datetime | None:
    """When the moment under this key falls, if there is one."""
    return _PLANNED.scalar(session.connection(), {"of": key})


def ripe(session: Session, now: datetime, limit: int = 200) -> list[Due]:
    """What should have happened by now, oldest first. Take each one in a transaction of its own."""
    rows = session.connection().execute(_RIPE, {"now": now, "many": limit}).all()
    return [_due(row) for row in rows]


def take(session: Session, due_id: UUID) -> Due | None:
    """Remove a moment and get it; None if somebody else took it, moved it or called it off."""
    row = session.connection().execute(_TAKE, {"due": due_id}).first()
    return None if row is None else _due(row)


def bring_forward(session: Session, kinds: Iterable[str], now: datetime) -> None:
    """Look at all moments of these kinds now: they were worked out by a clock that went wrong."""
    session.connection().execute(_BRING_FORWARD, {"kinds": list(kinds), "now": now})


def members_without(session: Session, kind: str) -> list[UUID]:
    """Everybody who takes part and has no moment of this kind to come."""
    return list(session.connection().execute(_MEMBERS_WITHOUT, {"what": kind}).scalars())


def many_about(session: Session, kind: str, subject: UUID) -> int:
    """How many moments of this kind there are about this."""
    return int(session.connection().execute(_ABOUT, {"what": kind, "about": subject}).scalar_one())


def next_at(session: Session) -> datetime | None:
    """When the next moment falls."""
    return session.connection().execute(_NEXT).scalar()


def _due(row: Row[*tuple[Any, ...]]) -> Due:
    return Due(row.id, row.participant_id, row.kind, row.subject, row.turn, row.at)
