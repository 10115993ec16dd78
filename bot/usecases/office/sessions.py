"""Who is signed in to the pages, asked anew at every request; and how that ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.store import audit, emergencies, sign_ins, staff_sessions
from bot.usecases.kit import Kit
from bot.usecases.office.reader import Reader, reader_of

IDLE = timedelta(minutes=15)
"""Unused for so long, a session is over (OWASP ASVS 7.3.1)."""
LONGEST = timedelta(hours=8)
"""However much it is used (7.3.2): a working day."""
_STEP = timedelta(seconds=30)
"""Not every request need be written down to know that somebody is there."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is signed in: the session's id, and who it is."""

    id: UUID
    reader: Reader


def visit(session: Session, kit: Kit, secret_hash: bytes, now: datetime) -> Visit | None:
    """Who has this cookie; None when nobody has, it is over, or they work here no longer."""
    found = staff_sessions.find(session, secret_hash)
    if found is None:
        return None
    if is_over(found, now):
        staff_sessions.end(session, found.staff, found.id)
        return None
    opened = emergencies.opened(session, found.staff, now)
    reader = reader_of(session, kit, found.staff, opened=opened)
    if reader is None:
        staff_sessions.end_all(session, found.staff)
        return None
    if now - found.seen_at >= _STEP:
        staff_sessions.seen(session, found.id, now)
    return Visit(found.id, reader)


def is_over(signed: staff_sessions.Signed, now: datetime) -> bool:
    """Whether a session was unused for too long, or has lasted long enough. One that was used in
    the future is over as well: until the clock has come there, it would never end."""
    return abs(now - signed.seen_at) >= IDLE or abs(now - signed.begun_at) >= LONGEST


def sign_out(session: Session, reader: Reader, session_id: UUID, now: datetime) -> None:
    """Ends one session of theirs."""
    if staff_sessions.end(session, reader.id, session_id):
        note(session, reader.id, "page.signed_out", now)


def sign_out_everywhere(session: Session, staff_id: UUID, now: datetime) -> int:
    """Ends all of them, and whatever is about to become one; how many there were."""
    sign_ins.refuse_all(session, staff_id)
    many = staff_sessions.end_all(session, staff_id)
    note(session, staff_id, "page.signed_out_everywhere", now)
    return many


def refused(session: Session, _: Kit, reader: Reader, now: datetime) -> None:
    """Somebody asked for what is not theirs to see."""
    note(session, reader.id, "page.refused", now)


def note(session: Session, staff_id: UUID, action: str, now: datetime) -> None:
    """Keeps what concerns nobody but the member of staff."""
    audit.write(session, actor=staff_id, subject=None, action=action, reason="pages", now=now)


def tidy(session: Session, now: datetime) -> None:
    """Sessions that are over leave nothing behind."""
    staff_sessions.forget_over(session, now - IDLE, now - LONGEST)
