"""The audit trail: who did what to whom, without content. It can only grow; hashes chain it."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from bot.store import tables

_t = tables.audit
_LAST = select(_t.c.seq, _t.c.hash).order_by(_t.c.seq.desc()).limit(1)
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
    """Adds one entry; its hash covers the one before."""
    last = session.connection().execute(_LAST).first()
    seq, before = (last.seq + 1, last.hash) if last is not None else (1, b"")
    facts = [seq, now.isoformat(), str(actor), str(subject), action, reason]
    row = {
        "seq": seq,
        "at": now,
        "actor": actor,
        "subject": subject,
        "action": action,
        "reason": reason,
        "hash": sha256(before + json.dumps(facts).encode()).digest(),
    }
    session.connection().execute(insert(_t), row)


def of_subject(session: Session, subject: UUID, limit: int) -> list[Entry]:
    """What was done about somebody, the latest first."""
    rows = session.connection().execute(_OF, {"subject": subject, "many": limit}).all()
    return [Entry(row.at, row.actor, row.action, row.reason) for row in rows]
