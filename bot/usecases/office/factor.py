"""The second factor: a code of an authenticator app (RFC 6238), or one for a lost phone.

It is asked at sign-in, and again before what cannot be taken back: a copy of somebody's data, a
group of others in an emergency.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pyotp import TOTP, random_base32
from sqlmodel import Session

from bot.store import second_factors, staff, staff_sessions
from bot.usecases.kit import Kit
from bot.usecases.office import sessions

STEP = 30
"""Seconds a code of the app is shown."""
DRIFT = 1
"""So many steps a phone's clock may be early or late."""
_APP, _RECOVERY = 6, 16


class Given(StrEnum):
    """What a typed code was. Locked: too many wrong ones, so that none is looked at for a while."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Offer:
    """What an authenticator app is told, as text to type and as an address to scan."""

    secret: str
    address: str


def is_asked(kit: Kit) -> bool:
    """Whether a code is asked at all; not in the demo."""
    return kit.second_factor


def prove(session: Session, kit: Kit, staff_id: UUID, typed: str, now: datetime) -> Given:
    """Tries a typed code, and counts it. Each code works once; where none is asked, all do."""
    if not is_asked(kit):
        return Given.RIGHT
    known = second_factors.get(session, kit.vault, staff_id)
    if known is None:
        return Given.WRONG
    if second_factors.is_locked(known, now):
        return Given.LOCKED
    code = "".join(each for each in typed.upper() if each.isalnum())[: _RECOVERY + 1]
    if _is_right(session, kit, staff_id, known, code, now):
        return Given.RIGHT
    if second_factors.failed(session, staff_id, now):
        sessions.note(session, staff_id, "second_factor.locked", now)
        return Given.LOCKED
    return Given.WRONG


def _is_right(
    session: Session,
    kit: Kit,
    staff_id: UUID,
    known: second_factors.Factor,
    code: str,
    now: datetime,
) -> bool:
    if len(code) == _APP:
        step = _step_of(known.secret, code, now)
        return step is not None and second_factors.use(session, staff_id, step, now)
    is_recovery = len(code) == _RECOVERY and known.confirmed_at is not None
    if is_recovery and second_factors.spend_code(session, kit.vault, staff_id, code):
        sessions.note(session, staff_id, "second_factor.recovery_used", now)
        return True
    return False


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute a code belongs to, near now; the newest where it fits several."""
    app, at = TOTP(secret), int(now.timestamp()) // STEP
    for step in range(at + DRIFT, at - DRIFT - 1, -1):
        if hmac.compare_digest(app.at(step * STEP).encode(), code.encode()):
            return step
    return None


def has_one(session: Session, kit: Kit, staff_id: UUID) -> bool:
    """Whether somebody's second factor is in use."""
    known = second_factors.get(session, kit.vault, staff_id)
    return known is not None and known.confirmed_at is not None


def offer(session: Session, kit: Kit, staff_id: UUID, now: datetime) -> None:
    """Prepares a new secret for somebody who has no second factor in use."""
    if is_asked(kit) and not has_one(session, kit, staff_id):
        second_factors.offer(session, kit.vault, staff_id, random_base32(), now)


def offered(session: Session, kit: Kit, staff_id: UUID) -> Offer | None:
    """What to put into the app, while it is not in use yet; never again after."""
    known = second_factors.get(session, kit.vault, staff_id)
    who = staff.get(session, kit.vault, staff_id)
    if known is None or known.confirmed_at is not None or who is None:
        return None
    address = TOTP(known.secret).provisioning_uri(name=who.name, issuer_name="Between")
    return Offer(known.secret, address)


def new_codes(session: Session, kit: Kit, staff_id: UUID, now: datetime) -> tuple[str, ...]:
    """Codes for a lost phone, in groups of four to be written down; shown once."""
    codes = second_factors.new_codes(session, kit.vault, staff_id)
    sessions.note(session, staff_id, "second_factor.recovery_made", now)
    return tuple("-".join(each[at : at + 4] for at in range(0, _RECOVERY, 4)) for each in codes)


def reset(session: Session, staff_id: UUID, now: datetime) -> None:
    """A lost phone without codes: none is known any longer, and they are signed out everywhere."""
    second_factors.forget(session, staff_id)
    staff_sessions.end_all(session, staff_id)
    sessions.note(session, staff_id, "second_factor.reset", now)
