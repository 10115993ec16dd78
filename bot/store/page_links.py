"""Private pages that open once: only a hash of their address is kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session

from bot.store import tables

LIFE = timedelta(minutes=10)
"""So long a link works (OWASP ASVS 6.5.5)."""
BYTES = 32
"""256 bits of chance: nobody guesses one, so a plain SHA-256 of it may be stored."""
SIGN_IN = "office"
"""The purpose of a link by which staff sign in; it opens no private page, and those not this."""

_t = tables.page_link
_LIVE = (
    _t.c.token_hash == bindparam("hash"),
    _t.c.used_at.is_(None),
    _t.c.expires_at > bindparam("now", type_=_t.c.expires_at.type),
)
_PEEK = select(_t.c.participant_id).where(*_LIVE)
_SPEND = (
    update(_t)
    .where(*_LIVE)
    .values(used_at=bindparam("now", type_=_t.c.used_at.type))
    .returning(_t.c.participant_id, _t.c.purpose)
)
_SIGNS_IN = _t.c.purpose == SIGN_IN
_OVER = delete(_t).where(_t.c.expires_at < bindparam("now", type_=_t.c.expires_at.type))


class Spent(NamedTuple):
    """Whose link it was, and what for."""

    person: UUID
    purpose: str


def make(session: Session, person: UUID, purpose: str, now: datetime) -> str:
    """A new address for this person, to be told to nobody else; it is not kept here."""
    token = secrets.token_urlsafe(BYTES)
    row = {
        "token_hash": _hash(token),
        "participant_id": person,
        "purpose": purpose,
        "expires_at": now + LIFE,
    }
    session.connection().execute(insert(_t), row)
    return token


def peek(session: Session, token: str, now: datetime, *, signs_in: bool = False) -> UUID | None:
    """Whose link this is, without using it up; None for one that is used, old or unknown."""
    asked = {"hash": _hash(token), "now": now}
    query = _PEEK.where(_SIGNS_IN if signs_in else ~_SIGNS_IN)
    return session.connection().execute(query, asked).scalar()


def spend(session: Session, token: str, now: datetime, *, signs_in: bool = False) -> Spent | None:
    """Whose link this is; afterwards it is used. Of two at once only one is answered."""
    asked = {"hash": _hash(token), "now": now}
    statement = _SPEND.where(_SIGNS_IN if signs_in else ~_SIGNS_IN)
    row = session.connection().execute(statement, asked).first()
    return None if row is None else Spent(row.participant_id, row.purpose)


def forget_over(session: Session, now: datetime) -> None:
    """Links that are over leave nothing behind."""
    session.connection().execute(_OVER, {"now": now})


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
