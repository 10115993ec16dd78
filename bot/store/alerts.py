"""Alerts: one open one for each person, what was said sealed under that person's key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update
from sqlmodel import Session

from bot.catalog.risk import Tier
from bot.store import alert_items, tables
from bot.store.alert_items import Detail
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

_t = tables.alert
_COLUMNS = select(
    *(_t.c.id, _t.c.participant_id, _t.c.group_id, _t.c.tier, _t.c.source, _t.c.not_meant),
    *(_t.c.state, _t.c.level, _t.c.told, _t.c.opened_at, _t.c.latest_at, _t.c.taken_by),
    *(_t.c.taken_at, _t.c.sealed_detail, _t.c.closed_by, _t.c.closed_at, _t.c.sealed_note),
)
_NEWEST = (
    _COLUMNS.where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.id.desc())
    .limit(1)
    .with_for_update()
)
_GET = _COLUMNS.where(_t.c.id == bindparam("alert")).with_for_update()
_OPEN = _COLUMNS.where(_t.c.state != "closed").order_by(_t.c.opened_at)
_SPAN = (
    select(_t.c.id)
    .where(
        _t.c.opened_at >= bindparam("since", type_=_t.c.opened_at.type),
        _t.c.opened_at < bindparam("until", type_=_t.c.opened_at.type),
    )
    .order_by(_t.c.opened_at, _t.c.id)
)
_CLOSED = _COLUMNS.where(
    _t.c.state == "closed", _t.c.closed_at >= bindparam("since", type_=_t.c.closed_at.type)
).order_by(_t.c.closed_at.desc())
_ADD = insert(_t).inline()


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. `level` counts the steps of its route that were taken; `told` is what the
    person heard of it last: sent, waits, unsure, nobody, seen or silent."""

    id: UUID
    person: UUID
    group: UUID | None
    tier: Tier
    source: str
    not_meant: bool
    state: str
    level: int
    told: str
    opened_at: datetime
    latest_at: datetime
    taken_by: UUID | None
    taken_at: datetime | None
    sealed_detail: bytes
    closed_by: UUID | None = None
    closed_at: datetime | None = None
    sealed_note: bytes | None = None

    @property
    def is_closed(self) -> bool:
        """Whether a member of staff has ended it."""
        return self.state == "closed"


def add(
    session: Session,
    vault: Vault,
    person: UUID,
    group: UUID | None,
    tier: Tier,
    source: str,
    detail: Detail,
    now: datetime,
    *,
    after: Alert | None = None,
) -> Alert:
    """Opens an alert; it is the newest, also `after` one of a clock that ran ahead. The caller
    holds the person's lock, so there is one open alert at most."""
    alert_id = new_id(now, after=after.id if after is not None else None)
    row = {
        "id": alert_id,
        "participant_id": person,
        "group_id": group,
        "tier": tier.value,
        "source": source,
        "sealed_detail": alert_items.seal(session, vault, person, alert_id, detail),
        "not_meant": False,
        "state": "open",
        "level": 0,
        "told": "queued",
        "opened_at": now,
        "latest_at": now,
    }
    session.connection().execute(_ADD, row)
    found = get(session, alert_id)
    assert found is not None
    return found


def newest_of(session: Session, person: UUID) -> Alert | None:
    """Somebody's last alert, open or closed, locked for the rest of the transaction."""
    row = session.connection().execute(_NEWEST, {"person": person}).first()
    return None if row is None else _alert(row)


def get(session: Session, alert_id: UUID) -> Alert | None:
    """One alert, locked for the rest of the transaction."""
    row = session.connection().execute(_GET, {"alert": alert_id}).first()
    return None if row is None else _alert(row)


def all_open(session: Session) -> list[Alert]:
    """Everything that is not closed, oldest first."""
    return [_alert(row) for row in session.connection().execute(_OPEN).all()]


def of_minute(session: Session, moment: datetime) -> list[UUID]:
    """Those that were opened in that minute, closed ones too, in order."""
    since = moment.replace(second=0, microsecond=0)
    asked = {"since": since, "until": since + timedelta(minutes=1)}
    return list(session.connection().execute(_SPAN, asked).scalars())


def closed_since(session: Session, since: datetime) -> list[Alert]:
    """Everything that was closed from that moment (UTC) on, the newest first."""
    rows = session.connection().execute(_CLOSED, {"since": since}).all()
    return [_alert(row) for row in rows]


def change(session: Session, alert: Alert, **columns: Any) -> Alert:
    """Writes these columns; the alert as it is then."""
    session.connection().execute(update(_t).where(_t.c.id == alert.id).values(**columns))
    found = get(session, alert.id)
    assert found is not None
    return found


def detail_of(session: Session, vault: Vault, alert: Alert) -> Detail:
    """Opens what was said."""
    return alert_items.unseal(session, vault, alert.person, alert.id, alert.sealed_detail)


def note_of(session: Session, vault: Vault, alert: Alert) -> str:
    """The note a closed alert was closed with; "" while it is open."""
    if alert.sealed_note is None:
        return ""
    return vault.open(session, alert.person, _note(alert.id), alert.sealed_note).decode()


def keep_detail(
    session: Session, vault: Vault, alert: Alert, detail: Detail, **columns: Any
) -> Alert:
    """Seals it anew, and writes these columns with it."""
    sealed = alert_items.seal(session, vault, alert.person, alert.id, detail)
    return change(session, alert, sealed_detail=sealed, **columns)


def close(
    session: Session, vault: Vault, alert: Alert, by: UUID, note: str, now: datetime
) -> Alert:
    """Ends an alert with the note that is required for it."""
    sealed = vault.seal(session, alert.person, _note(alert.id), note.encode())
    taken = {} if alert.taken_by is not None else {"taken_by": by, "taken_at": now}
    ended = {"state": "closed", "closed_by": by, "closed_at": now, "sealed_note": sealed}
    return change(session, alert, **ended, **taken)


def _note(alert: UUID) -> Place:
    return Place("alert", "sealed_note", alert.hex)


def _alert(row: Row[*tuple[Any, ...]]) -> Alert:
    return Alert(
        row.id,
        row.participant_id,
        row.group_id,
        Tier(row.tier),
        row.source,
        row.not_meant,
        row.state,
        row.level,
        row.told,
        row.opened_at,
        row.latest_at,
        row.taken_by,
        row.taken_at,
        row.sealed_detail,
        row.closed_by,
        row.closed_at,
        row.sealed_note,
    )
