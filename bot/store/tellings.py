"""Who was told of an alert, by which way, and how that fared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.alerts import Alert
from bot.store.ids import new_id

_n = tables.alert_notice
_o = tables.outbox
_m = tables.mail
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


@dataclass(frozen=True, slots=True)
class Notice:
    """One telling of one member of staff, and how it fared: a status of the outbox or the mail."""

    staff: UUID
    channel: str
    level: int
    queued_at: datetime
    status: str | None

    @property
    def is_lost(self) -> bool:
        """Whether nobody will read it."""
        return self.status in ("failed", "expired", "cancelled")


def note(
    session: Session, alert: Alert, staff: UUID, channel: str, level: int, key: str, now: datetime
) -> None:
    """Remembers that somebody was told; `key` is that of the outbox or mail row."""
    row = {"id": new_id(now), "alert_id": alert.id, "staff_id": staff, "channel": channel}
    session.connection().execute(_NOTE, row | {"level": level, "key": key, "queued_at": now})


def of_alert(session: Session, alert: Alert) -> list[Notice]:
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
