"""Groups that somebody opened who does not look after them: for a while, with a written reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

_t = tables.emergency
_NOW = bindparam("now", type_=_t.c.until.type)
_AHEAD = timedelta(minutes=5)
"""So far the clocks of two machines may stand apart."""
# One that was opened in what is the future still would stay open until then, and its hour.
_OPEN = select(_t.c.group_id).where(
    _t.c.staff_id == bindparam("staff"),
    _t.c.until > _NOW,
    _t.c.opened_at <= bindparam("latest", type_=_t.c.opened_at.type),
)
_SINCE = (
    select(_t.c.id, _t.c.staff_id, _t.c.group_id, _t.c.sealed_reason, _t.c.opened_at, _t.c.until)
    .where(_t.c.opened_at >= bindparam("since", type_=_t.c.opened_at.type))
    .order_by(_t.c.opened_at.desc())
)
_CLOSE = (
    update(_t)
    .where(
        _t.c.staff_id == bindparam("staff"), _t.c.group_id == bindparam("group"), _t.c.until > _NOW
    )
    .values(until=_NOW)
)


@dataclass(frozen=True, slots=True)
class Emergency:
    """Who opened which group, from when until when, and what they wrote about why."""

    staff: UUID
    group: UUID
    reason: str
    opened_at: datetime
    until: datetime


def open_group(
    session: Session,
    vault: Vault,
    staff: UUID,
    group: UUID,
    reason: str,
    now: datetime,
    *,
    until: datetime,
) -> None:
    """Opens it; the reason is sealed under the key of whoever opened it."""
    made = new_id(now)
    row = {"id": made, "staff_id": staff, "group_id": group, "opened_at": now, "until": until}
    row["sealed_reason"] = vault.seal(session, staff, _place(made), reason.encode())
    session.connection().execute(insert(_t), row)


def opened(session: Session, staff: UUID, now: datetime) -> frozenset[UUID]:
    """The groups somebody has open now."""
    asked = {"staff": staff, "now": now, "latest": now + _AHEAD}
    return frozenset(session.connection().execute(_OPEN, asked).scalars())


def close(session: Session, staff: UUID, group: UUID, now: datetime) -> None:
    """Closes it before its time."""
    session.connection().execute(_CLOSE, {"staff": staff, "group": group, "now": now})


def since(session: Session, vault: Vault, moment: datetime) -> list[Emergency]:
    """All that were opened since then, the newest first."""
    rows = session.connection().execute(_SINCE, {"since": moment}).all()
    return [
        Emergency(
            row.staff_id,
            row.group_id,
            vault.open(session, row.staff_id, _place(row.id), row.sealed_reason).decode(),
            row.opened_at,
            row.until,
        )
        for row in rows
    ]


def _place(emergency: UUID) -> Place:
    return Place("emergency", "sealed_reason", emergency.hex)
