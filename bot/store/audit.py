"""Who did what and when, without any content: rows that only grow, each hash covering the last."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, or_, select, text
from sqlmodel import Session

from bot.store import tables

_t = tables.audit
_ROW = select(_t.c.seq, _t.c.at, _t.c.actor, _t.c.subject, _t.c.action, _t.c.reason, _t.c.hash)
_LAST = select(_t.c.seq, _t.c.hash).order_by(_t.c.seq.desc()).limit(1)
_ALL = _ROW.order_by(_t.c.seq)
_HASH = select(_t.c.hash).where(_t.c.seq == bindparam("seq"))
_OF_SUBJECT = (
    _ROW.where(_t.c.subject == bindparam("subject"))
    .order_by(_t.c.seq.desc())
    .limit(bindparam("many"))
)
_LATEST = select(func.max(_t.c.at, type_=_t.c.at.type)).where(
    _t.c.subject == bindparam("subject"),
    _t.c.actor == bindparam("actor"),
    _t.c.action == bindparam("action"),
)
_ABOUT = (
    select(_t.c.actor, func.max(_t.c.at, type_=_t.c.at.type).label("at"), func.count())
    .where(
        _t.c.subject == bindparam("subject"),
        _t.c.action == bindparam("action"),
        _t.c.reason == bindparam("about"),
    )
    .group_by(_t.c.actor)
    .order_by(func.max(_t.c.at, type_=_t.c.at.type).desc())
)
_NEWEST = _ROW.order_by(_t.c.seq.desc())
_NEXT = _ROW.where(_t.c.seq > bindparam("seq")).order_by(_t.c.seq).limit(bindparam("many"))
_WRITE = insert(_t).inline()
# One writer at a time until it commits, whatever the process; the number is ours alone.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7228316584)")
_FIRST = bytes(32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing somebody did: `actor` is a member of staff, the person, or None for the bot."""

    at: datetime
    actor: UUID | None
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One row as it is kept: its number, and whom it concerns besides."""

    seq: int
    at: datetime
    actor: UUID | None
    subject: UUID | None
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the rows were checked: up to which number and hash; whether that was the end, and
    the number of the first row that was changed or is missing."""

    seq: int = 0
    hash: bytes = _FIRST
    is_all: bool = False
    broken: int | None = None


def write(
    session: Session,
    *,
    actor: UUID | None,
    subject: UUID | None,
    action: str,
    reason: str,
    now: datetime,
) -> None:
    """Records it in this transaction. `action` and `reason` are codes, never anybody's words."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
        connection.execute(_ONE_AT_A_TIME)
    last = connection.execute(_LAST).first()
    seq, before = (last.seq + 1, last.hash) if last is not None else (1, _FIRST)
    row = {"seq": seq, "at": now, "actor": actor, "subject": subject}
    row |= {"action": action, "reason": reason}
    row["hash"] = _hash(before, seq, now, actor, subject, action, reason)
    connection.execute(_WRITE, row)


def of_subject(session: Session, subject: UUID, limit: int = 50) -> list[Entry]:
    """What was done about one person, newest first."""
    asked = {"subject": subject, "many": limit}
    rows = session.connection().execute(_OF_SUBJECT, asked).all()
    return [Entry(row.at, row.actor, row.action, row.reason) for row in rows]


def latest(session: Session, subject: UUID, actor: UUID, action: str) -> datetime | None:
    """When this one did this about somebody last, however much was done since; None if never."""
    asked = {"subject": subject, "actor": actor, "action": action}
    return session.connection().execute(_LATEST, asked).scalar()


def about(
    session: Session, subject: UUID, action: str, thing: UUID
) -> list[tuple[UUID | None, datetime, int]]:
    """Who did this with one thing of somebody's: the latest time and how often, newest first."""
    asked = {"subject": subject, "action": action, "about": thing.hex}
    rows = session.connection().execute(_ABOUT, asked).all()
    return [(row.actor, row.at, int(row[2])) for row in rows]


def newest(
    session: Session,
    subjects: tuple[UUID, ...] | None,
    *,
    actor: UUID,
    before: int | None,
    limit: int,
) -> list[Kept]:
    """Rows about these people, and what this actor did; about everything without `subjects`.

    The newest first, those with smaller numbers than `before`.
    """
    query = _NEWEST.limit(limit)
    if subjects is not None:
        query = query.where(or_(_t.c.subject.in_(subjects), _t.c.actor == actor))
    if before is not None:
        query = query.where(_t.c.seq < before)
    rows = session.connection().execute(query).all()
    return [Kept(row.seq, row.at, row.actor, row.subject, row.action, row.reason) for row in rows]


def check_on(session: Session, so_far: Checked, many: int) -> Checked:
    """Checks the next rows, so many at most; the whole is checked by asking again and again."""
    before, seq = so_far.hash, so_far.seq
    rows = session.connection().execute(_NEXT, {"seq": seq, "many": many}).all()
    for row in rows:
        if row.seq != seq + 1 or row.hash != _hash_of(before, row):
            return Checked(seq, before, is_all=True, broken=seq + 1)
        before, seq = row.hash, row.seq
    return Checked(seq, before, is_all=len(rows) < many)


def verify(session: Session) -> int | None:
    """The number of the first row that was changed, or after which one is missing; None if whole.

    What it cannot see is that the newest rows were cut off, or all hashes made anew: keep a copy of
    the last hash elsewhere, for `is_still_there`.
    """
    before, expected = _FIRST, 1
    for row in _rows(session):
        if row.seq != expected or row.hash != _hash_of(before, row):
            return expected
        before, expected = row.hash, expected + 1
    return None


def last(session: Session) -> tuple[int, str] | None:
    """The number and hash (hex) of the newest row: what to write down elsewhere."""
    row = session.connection().execute(_LAST).first()
    return None if row is None else (row.seq, row.hash.hex())


def is_still_there(session: Session, seq: int, digest: str) -> bool:
    """Whether the row with this number has the hash (hex) that was written down elsewhere."""
    found: bytes | None = session.connection().execute(_HASH, {"seq": seq}).scalar()
    return found is not None and found.hex() == digest.lower()


def _rows(session: Session) -> Iterator[Row[*tuple[Any, ...]]]:
    yield from session.connection().execute(_ALL).yield_per(1000)


def _hash_of(before: bytes, row: Row[*tuple[Any, ...]]) -> bytes:
    return _hash(before, row.seq, row.at, row.actor, row.subject, row.action, row.reason)


def _hash(
    before: bytes,
    seq: int,
    at: datetime,
    actor: UUID | None,
    subject: UUID | None,
    action: str,
    reason: str,
) -> bytes:
    parts = (str(seq), at.astimezone(UTC).isoformat(), str(actor), str(subject), action, reason)
    # Lengths, not separators: no two different rows may give the same bytes.
    framed = (len(each.encode()).to_bytes(4) + each.encode() for each in parts)
    return hashlib.sha256(before + b"".join(framed)).digest()
