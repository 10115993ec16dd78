"""Who on the staff is out of office, until when; it ends by itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert

_t = tables.away
_SET = Upsert(_t, "staff_id", replace=("since", "until"))
_NOW = Prepared(
    select(_t.c.staff_id, _t.c.until).where(
        _t.c.since <= bindparam("now", type_=_t.c.since.type),
        _t.c.until > bindparam("now", type_=_t.c.until.type),
    )
)
_END = delete(_t).where(_t.c.staff_id == bindparam("staff"))


def leave(session: Session, staff_id: UUID, until: datetime, now: datetime) -> None:
    """They are away from now on, and read again at `until` (UTC)."""
    row = {"staff_id": staff_id, "since": now, "until": until}
    _SET.execute(session.connection(), row)


def come_back(session: Session, staff_id: UUID) -> None:
    """They read again now."""
    session.connection().execute(_END, {"staff": staff_id})


def everybody(session: Session, now: datetime) -> dict[UUID, datetime]:
    """Everybody who is away now, with when they read again (UTC)."""
    rows = _NOW.all(session.connection(), {"now": now})
    return {row.staff_id: row.until for row in rows}


def until(session: Session, staff_id: UUID, now: datetime) -> datetime | None:
    """When this one reads again (UTC); None while they are not away."""
    return everybody(session, now).get(staff_id)
