"""Where members of staff are signed in: found by the hash of a cookie, gone when it is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id

_t = tables.staff_session
_SELECT = select(_t.c.id, _t.c.staff_id, _t.c.browser, _t.c.begun_at, _t.c.seen_at)
_FIND = _SELECT.where(_t.c.secret_hash == bindparam("hash"))
_OF = _SELECT.where(_t.c.staff_id == bindparam("staff")).order_by(_t.c.seen_at.desc())
_SEEN = (
    update(_t)
    .where(_t.c.id == bindparam("session"))
    .values(seen_at=bindparam("now", type_=_t.c.seen_at.type))
)
_END = delete(_t).where(_t.c.id == bindparam("session"), _t.c.staff_id == bindparam("staff"))
_END_ALL = delete(_t).where(_t.c.staff_id == bindparam("staff"))
_OVER = delete(_t).where(
    or_(
        _t.c.seen_at < bindparam("idle", type_=_t.c.seen_at.type),
        _t.c.begun_at < bindparam("since", type_=_t.c.begun_at.type),
    )
)


@dataclass(frozen=True, slots=True)
class Signed:
    """One browser somebody is signed in with; `browser` is its family, for them to recognise."""

    id: UUID
    staff: UUID
    browser: str
    begun_at: datetime
    seen_at: datetime


def begin(session: Session, staff: UUID, secret_hash: bytes, browser: str, now: datetime) -> UUID:
    """A new session; its id (which is no secret)."""
    made = new_id(now)
    row = {"id": made, "secret_hash": secret_hash, "staff_id": staff, "browser": browser}
    session.connection().execute(insert(_t), row | {"begun_at": now, "seen_at": now})
    return made


def find(session: Session, secret_hash: bytes) -> Signed | None:
    """The session of a cookie, whether or not it is over."""
    row = session.connection().execute(_FIND, {"hash": secret_hash}).first()
    return None if row is None else _signed(row)


def of_staff(session: Session, staff: UUID) -> list[Signed]:
    """Where somebody is signed in, the last used first."""
    return [_signed(row) for row in session.connection().execute(_OF, {"staff": staff})]


def seen(session: Session, session_id: UUID, now: datetime) -> None:
    """It was used."""
    session.connection().execute(_SEEN, {"session": session_id, "now": now})


def end(session: Session, staff: UUID, session_id: UUID) -> bool:
    """Ends one of somebody's sessions; False when it is not theirs, or over."""
    ended = session.connection().execute(_END, {"session": session_id, "staff": staff})
    return ended.rowcount > 0


def end_all(session: Session, staff: UUID) -> int:
    """Signs somebody out everywhere; how many sessions ended."""
    return session.connection().execute(_END_ALL, {"staff": staff}).rowcount


def forget_over(session: Session, idle: datetime, since: datetime) -> None:
    """Those last seen before `idle` or begun before `since` leave nothing behind."""
    session.connection().execute(_OVER, {"idle": idle, "since": since})


def _signed(row: Row[*tuple[Any, ...]]) -> Signed:
    return Signed(row.id, row.staff_id, row.browser, row.begun_at, row.seen_at)
