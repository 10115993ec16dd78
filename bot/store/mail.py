"""E-mails on their way to staff: queued with what caused them, claimed under a lease.

At least once: a mail whose fate is unknown is sent again. A row without a body is a probe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, Update, bindparam, literal_column, or_, select, update
from sqlmodel import Session

from bot.private import PRIVATE
from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import KeyGone, Place, SealBroken, Vault

GIVE_UP = timedelta(hours=24)
"""An e-mail this old says nothing any more that the next one does not."""

_t = tables.mail
_ENQUEUE = Upsert(_t, "key")
_CLAIMABLE = (
    select(_t.c.id, _t.c.key, _t.c.staff_id, _t.c.sealed_body, _t.c.attempts, _t.c.created_at)
    .where(
        or_(
            (_t.c.status == literal_column("'pending'")) & (_t.c.not_before <= bindparam("now")),
            (_t.c.status == literal_column("'sending'")) & (_t.c.lease_until < bindparam("now")),
        )
    )
    .order_by(_t.c.id)
    .limit(bindparam("many"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(_t)
    .where(_t.c.id == bindparam("mail"))
    .values(status="sending", lease_until=bindparam("until", type_=_t.c.lease_until.type))
)
_BRING_FORWARD = (
    update(_t)
    .where(
        _t.c.status == literal_column("'pending'"),
        _t.c.not_before > bindparam("now", type_=_t.c.not_before.type),
    )
    .values(not_before=bindparam("now", type_=_t.c.not_before.type))
)
_STATUS = select(_t.c.status, _t.c.created_at, _t.c.staff_id).where(_t.c.key == bindparam("of"))


def _to(status: str, **columns: Any) -> Update:
    # Whoever was slower than the lease finds another one on the row, and changes nothing.
    return (
        update(_t)
        .where(
            _t.c.id == bindparam("mail"),
            _t.c.status == "sending",
            _t.c.lease_until == bindparam("mine", type_=_t.c.lease_until.type),
        )
        .values(status=status, lease_until=None, error=bindparam("error"), **columns)
    )


_SENT = _to("sent", sealed_body=None, sent_at=bindparam("at", type_=_t.c.sent_at.type))
_LATER = _to(
    "pending",
    attempts=_t.c.attempts + 1,
    not_before=bindparam("at", type_=_t.c.not_before.type),
)
_FAILED = _to("failed", sealed_body=None, attempts=_t.c.attempts + 1)


class Letter(BaseModel):
    """What an e-mail says to whom: plain text, without any content about anybody."""

    model_config = PRIVATE

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed e-mail; without a letter it is a probe. `lease_until` marks it as ours."""

    id: int
    key: str
    letter: Letter | None
    attempts: int
    created_at: datetime
    lease_until: datetime


def enqueue(
    session: Session,
    vault: Vault,
    key: str,
    staff: UUID,
    letter: Letter | None,
    now: datetime,
) -> bool:
    """Queues an e-mail (a probe without a letter); False if one with this key was queued before."""
    row: Mapping[str, Any] = {
        "key": key,
        "staff_id": staff,
        "sealed_body": None
        if letter is None
        else vault.seal(session, staff, _place(key), letter.model_dump_json().encode()),
        "status": "pending",
        "attempts": 0,
        "not_before": now,
        "created_at": now,
    }
    return _ENQUEUE.execute(session.connection(), row)


def claim(
    session: Session, vault: Vault, *, now: datetime, lease: timedelta, limit: int = 8
) -> list[Parcel]:
    """Takes what may be sent now, oldest first; what a dead sender held comes back."""
    connection = session.connection()
    parcels = []
    for row in connection.execute(_CLAIMABLE, {"now": now, "many": limit}).all():
        parcel = _opened(session, vault, row, now + lease)
        connection.execute(_CLAIM, {"mail": row.id, "until": now + lease})
        if isinstance(parcel, str):
            mark = {"mail": row.id, "mine": now + lease, "error": parcel}
            connection.execute(_FAILED, mark)
        else:
            parcels.append(parcel)
    return parcels


def sent(session: Session, parcel: Parcel, now: datetime) -> bool:
    """The server took it; False if it is not ours any more."""
    return _settle(session, _SENT, parcel, error=None, at=now)


def later(session: Session, parcel: Parcel, at: datetime, error: str) -> bool:
    """Nobody knows, or not now: again then."""
    return _settle(session, _LATER, parcel, error=error, at=at)


def failed(session: Session, parcel: Parcel, error: str) -> bool:
    """It cannot be sent, ever."""
    return _settle(session, _FAILED, parcel, error=error)


def bring_forward(session: Session, now: datetime) -> None:
    """Nothing waits for a moment that a clock which went wrong has set."""
    session.connection().execute(_BRING_FORWARD, {"now": now})


def status(session: Session, key: str) -> tuple[str, datetime] | None:
    """Where the e-mail with this key stands, and since when it was queued."""
    row = session.connection().execute(_STATUS, {"of": key}).first()
    return None if row is None else (row.status, row.created_at)


def recipient(session: Session, key: str) -> UUID | None:
    """Whom the e-mail with this key is for."""
    row = session.connection().execute(_STATUS, {"of": key}).first()
    return None if row is None else row.staff_id


def _settle(session: Session, statement: Update, parcel: Parcel, **values: Any) -> bool:
    row = {"mail": parcel.id, "mine": parcel.lease_until, **values}
    return session.connection().execute(statement, row).rowcount == 1


def _opened(
    session: Session, vault: Vault, row: Row[*tuple[Any, ...]], until: datetime
) -> Parcel | str:
    letter = None
    if row.sealed_body is not None:
        try:
            body = vault.open(session, row.staff_id, _place(row.key), row.sealed_body)
        except (KeyGone, SealBroken) as error:
            return type(error).__name__
        letter = Letter.model_validate_json(body)
    return Parcel(row.id, row.key, letter, row.attempts, row.created_at, until)


def _place(key: str) -> Place:
    return Place("mail", "sealed_body", key)
