"""Exports by staff: kept before anything leaves, with the reason sealed under their own key."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import KeyGone, Place, Vault

_t = tables.export
_LATEST = select(_t).order_by(_t.c.id.desc()).limit(bindparam("many"))
_BY = _LATEST.where(_t.c.staff_id == bindparam("staff"))


@dataclass(frozen=True, slots=True)
class Export:
    """One export. `person` None: a whole `group`; that None too: everybody. Both dates are
    included. `reason` is "" once it was forgotten with the person."""

    staff: UUID
    what: str
    group: UUID | None
    person: UUID | None
    since: date
    until: date
    reason: str
    at: datetime


def keep(session: Session, vault: Vault, export: Export) -> UUID:
    """Keeps that it was made; its id."""
    row_id = new_id(export.at)
    row = {
        "id": row_id,
        "at": export.at,
        "staff_id": export.staff,
        "what": export.what,
        "group_id": export.group,
        "subject": export.person,
        "since": export.since,
        "until": export.until,
        "sealed_reason": vault.seal(session, export.staff, _place(row_id), export.reason.encode()),
    }
    session.connection().execute(insert(_t), row)
    return row_id


def latest(session: Session, vault: Vault, many: int, *, staff: UUID | None = None) -> list[Export]:
    """The newest first: those of one member of staff, or everybody's."""
    query, asked = (_LATEST, {}) if staff is None else (_BY, {"staff": staff})
    rows = session.connection().execute(query, {"many": many, **asked}).all()
    return [_export(session, vault, row) for row in rows]


def _export(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> Export:
    reason = ""
    if row.sealed_reason is not None:
        try:
            reason = vault.open(session, row.staff_id, _place(row.id), row.sealed_reason).decode()
        except KeyGone:
            reason = ""
    return Export(
        *(row.staff_id, row.what, row.group_id, row.subject, row.since, row.until),
        *(reason, row.at),
    )


def _place(row_id: UUID) -> Place:
    return Place("export", "sealed_reason", row_id.hex)
