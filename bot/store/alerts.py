"""Alerts: one open one for each person, what was said sealed under that person's key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Row, bindparam, insert, select, update
from sqlmodel import Session

from bot.catalog.risk import Tier
from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

ITEMS = 40
"""So many items are kept in one alert; of more, the newest."""
LONGEST = 4096

_t = tables.alert
_n = tables.alert_notice
_o = tables.outbox
_m = tables.mail
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
_NOTE = insert(_n).inline()
_NOTICES = (
    select(
        *(_n.c.staff_id, _n.c.channel, _n.c.level, _n.c.queued_at),
        *(_o.c.status.label("by_chat"), _m.c.status.label("by_mail")),
    )
    .outerjoin(_o, _o.c.key == _n.c.key)
    .outerjoin(_m, _m.c.key == _n.c.key)
    .where(_n.c.alert_id == bindparam("alert"))
    .order_by(_n.c.id)
)
_CALL_OFF = (
    update(_m)
    .where(
        _m.c.status == "pending",
        _m.c.key.in_(select(_n.c.key).where(_n.c.alert_id == bindparam("alert"))),
    )
    .values(status="cancelled", sealed_body=None)
)
_CONTACT = select(tables.member.c.sealed_contact).where(
    tables.member.c.participant_id == bindparam("person")
)


class Item(BaseModel):
    """One thing that was said or tapped: when, how grave, from where, why it counts, the words;
    whether somebody should hear of it on the same day."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    tier: str
    source: str
    reason: str = ""
    text: str = ""
    today: bool = False


class Detail(BaseModel):
    """What is sealed in an alert. From `routed_at` the times of its way up are counted;
    `carded_at` and `carded` say when the person last got the whole card, and for which tier;
    `again_at` and `again` the same of its short form; `cards` are the whole ones of that while.
    `holds` says that a question of the first steps waits below it."""

    model_config = ConfigDict(frozen=True)

    routed_at: datetime
    carded_at: datetime | None = None
    carded: str = ""
    cards: tuple[str, ...] = ()
    again_at: datetime | None = None
    again: str = ""
    holds: bool = False
    items: tuple[Item, ...] = ()

    @property
    def today(self) -> bool:
        """Whether something in it should be heard of on the same day."""
        return any(each.today for each in self.items)

    def plus(self, item: Item) -> "Detail":
        """With one more item."""
        kept = item.model_copy(update={"text": item.text[:LONGEST]})
        return self.model_copy(update={"items": (*self.items, kept)[-ITEMS:]})


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


@dataclass(frozen=True, slots=True)
class Notice:
    """One telling of one member of staff, and how it fared: a status of the outbox or the mail."""

    staff: UUID
    channel: str
    level: int
    queued_at: datetime
    status: str | None


def add(
    session: Session,
    vault: Vault,
    person: UUID,
    group: UUID | None,
    tier: Tier,
    source: str,
    detail: Detail,
    now: datetime,
) -> Alert:
    """Opens an alert. The caller holds the person's lock, so there is one open alert at most."""
    alert_id = new_id(now)
    row = {
        "id": alert_id,
        "participant_id": person,
        "group_id": group,
        "tier": tier.value,
        "source": source,
        "sealed_detail": _sealed(session, vault, person, alert_id, detail),
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
    place = _place(alert.id, "detail")
    return Detail.model_validate_json(vault.open(session, alert.person, place, alert.sealed_detail))


def note_of(session: Session, vault: Vault, alert: Alert) -> str:
    """The note a closed alert was closed with; "" while it is open."""
    if alert.sealed_note is None:
        return ""
    return vault.open(session, alert.person, _place(alert.id, "note"), alert.sealed_note).decode()


def keep_detail(
    session: Session, vault: Vault, alert: Alert, detail: Detail, **columns: Any
) -> Alert:
    """Seals it anew, and writes these columns with it."""
    sealed = _sealed(session, vault, alert.person, alert.id, detail)
    return change(session, alert, sealed_detail=sealed, **columns)


def close(
    session: Session, vault: Vault, alert: Alert, by: UUID, note: str, now: datetime
) -> Alert:
    """Ends an alert with the note that is required for it."""
    sealed = vault.seal(session, alert.person, _place(alert.id, "note"), note.encode())
    taken = {} if alert.taken_by is not None else {"taken_by": by, "taken_at": now}
    ended = {"state": "closed", "closed_by": by, "closed_at": now, "sealed_note": sealed}
    return change(session, alert, **ended, **taken)


def note_telling(
    session: Session, alert: Alert, staff: UUID, channel: str, level: int, key: str, now: datetime
) -> None:
    """Remembers that somebody was told; `key` is that of the outbox or mail row."""
    row = {"id": new_id(now), "alert_id": alert.id, "staff_id": staff, "channel": channel}
    session.connection().execute(_NOTE, row | {"level": level, "key": key, "queued_at": now})


def notices(session: Session, alert: Alert) -> list[Notice]:
    """Who was told by which way, oldest first, and how it fared."""
    rows = session.connection().execute(_NOTICES, {"alert": alert.id}).all()
    return [
        Notice(row.staff_id, row.channel, row.level, row.queued_at, row.by_chat or row.by_mail)
        for row in rows
    ]


def call_off_mail(session: Session, alert: Alert) -> None:
    """Keeps back the e-mails about it that wait for a mail server which is away: hours later they
    would call for somebody, and nothing would be there."""
    session.connection().execute(_CALL_OFF, {"alert": alert.id})


def contact_of(session: Session, vault: Vault, person: UUID) -> Mapping[str, str]:
    """The number to call and the safe time for it ("number", "when"), {} if none was given."""
    sealed = session.connection().execute(_CONTACT, {"person": person}).scalar()
    if sealed is None:
        return {}
    place = Place("member", "sealed_contact", person.hex)
    found = json.loads(vault.open(session, person, place, sealed))
    return {name: str(value) for name, value in found.items() if value}


def _sealed(session: Session, vault: Vault, person: UUID, alert: UUID, detail: Detail) -> bytes:
    return vault.seal(session, person, _place(alert, "detail"), detail.model_dump_json().encode())


def _place(alert: UUID, column: str) -> Place:
    return Place("alert", f"sealed_{column}", alert.hex)


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
