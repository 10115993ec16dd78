"""The audit trail: who did what about whom, and when; no content. Each row covers the one before.

Whoever changes or removes a row in the middle breaks the chain of hashes behind it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text
from sqlmodel import Session

from bot.store import tables

LOCK = 0x6175646974
"""Of PostgreSQL: writers of the trail wait for each other, or two rows would follow the same."""
START = bytes(32)

_t = tables.audit
_NEWEST = select(_t.c.seq, _t.c.hash).order_by(_t.c.seq.desc()).limit(1)
_WRITE = insert(_t).inline()
_TAKE_TURN = text(f"SELECT pg_advisory_xact_lock({LOCK})")
_OF = (
    select(_t.c.at, _t.c.actor, _t.c.action, _t.c.reason)
    .where(_t.c.subject == bindparam("subject"))
    .order_by(_t.c.seq.desc())
    .limit(bindparam("many"))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: when (UTC), by whom (None: the bot itself), what and why, as codes."""

    at: datetime
    actor: UUID | None
    action: str
    reason: str


def write(
    session: Session,
    *,
    actor: UUID | None,
    subject: UUID | None,
    action: str,
    reason: str,
    now: datetime,
) -> None:
    """Add a row, in the transaction of what it is about. `reason` is a short word, no content."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_TAKE_TURN)
    newest = connection.execute(_NEWEST).first()
    seq, before = (newest.seq + 1, newest.hash) if newest is not None else (1, START)
    row = {"at": now, "actor": actor, "subject": subject, "action": action, "reason": reason}
    hashed = row_hash(before, seq, now, actor, subject, action, reason)
    connection.execute(_WRITE, {"seq": seq, "hash": hashed, **row})


def row_hash(
    before: bytes,
    seq: int,
    at: datetime,
    actor: UUID | None,
    subject: UUID | None,
    action: str,
    reason: str,
) -> bytes:
    """SHA-256 over the hash before and everything in the row, each part with its length."""
    parts = (str(seq), at.isoformat(), str(actor or ""), str(subject or ""), action, reason)
    framed = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
    return hashlib.sha256(before + framed).digest()


def of_subject(session: Session, subject: UUID, limit: int) -> list[Entry]:
    """What was done about somebody, the latest first."""
    rows = session.connection().execute(_OF, {"subject": subject, "many": limit}).all()
    return [Entry(row.at, row.actor, row.action, row.reason) for row in rows]
