"""The PIN of a member of staff: stored as scrypt of a keyed hash, wrong ones are counted.

A new PIN counts only once it was typed a second time; `pin_failures` is -1 until then.
"""

import os
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.vault import Vault

FAILURES = 5
"""So many wrong PINs in a row lock it."""
SHORTEST, LONGEST = 4, 8
_UNCONFIRMED = -1
_SALT = 16
_t = tables.staff
_GET = select(_t.c.pin_hash, _t.c.pin_failures).where(_t.c.id == bindparam("staff"))
_SET = (
    update(_t)
    .where(_t.c.id == bindparam("staff"))
    .values(
        pin_hash=bindparam("hash", type_=_t.c.pin_hash.type),
        pin_failures=bindparam("failures", type_=_t.c.pin_failures.type),
    )
)
_COUNT = (
    update(_t)
    .where(_t.c.id == bindparam("staff"))
    .values(pin_failures=bindparam("failures", type_=_t.c.pin_failures.type))
)


class Verdict(StrEnum):
    """What a typed PIN was. `mistyped`: the new PIN was not repeated, and there is none now."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    MISTYPED = "mistyped"


class Unfit(StrEnum):
    """Why something cannot be a new PIN."""

    SIGNS = "signs"
    SHORT = "short"
    LONG = "long"


def unfit(text: str) -> Unfit | None:
    """Why this is no PIN; None for one of four to eight digits."""
    if not (text.isascii() and text.isdigit()):
        return Unfit.SIGNS
    if len(text) < SHORTEST:
        return Unfit.SHORT
    return Unfit.LONG if len(text) > LONGEST else None


def has_pin(session: Session, staff: UUID) -> bool:
    """Whether one was chosen and typed twice."""
    row = session.connection().execute(_GET, {"staff": staff}).first()
    return row is not None and row.pin_hash is not None and row.pin_failures != _UNCONFIRMED


def choose(session: Session, vault: Vault, staff: UUID, pin: str) -> None:
    """Keeps a new PIN until it is typed once more."""
    salt = os.urandom(_SALT)
    hashed = salt + _scrypt(salt).derive(_keyed(vault, staff, pin))
    row = {"staff": staff, "hash": hashed, "failures": _UNCONFIRMED}
    session.connection().execute(_SET, row)


def check(session: Session, vault: Vault, staff: UUID, pin: str) -> Verdict:
    """Tries a PIN and counts it. The caller unlocks after a while (`unlock`)."""
    row = session.connection().execute(_GET, {"staff": staff}).first()
    assert row is not None
    assert row.pin_hash is not None
    if row.pin_failures >= FAILURES:
        return Verdict.LOCKED
    if _fits(vault, staff, pin, row.pin_hash):
        _count(session, staff, 0)
        return Verdict.RIGHT
    if row.pin_failures == _UNCONFIRMED:
        session.connection().execute(_SET, {"staff": staff, "hash": None, "failures": 0})
        return Verdict.MISTYPED
    _count(session, staff, row.pin_failures + 1)
    return Verdict.LOCKED if row.pin_failures + 1 >= FAILURES else Verdict.WRONG


def unlock(session: Session, staff: UUID) -> None:
    """Lets them try again."""
    _count(session, staff, 0)


def _count(session: Session, staff: UUID, failures: int) -> None:
    session.connection().execute(_COUNT, {"staff": staff, "failures": failures})


def _fits(vault: Vault, staff: UUID, pin: str, kept: bytes) -> bool:
    try:
        _scrypt(kept[:_SALT]).verify(_keyed(vault, staff, pin), kept[_SALT:])
    except InvalidKey:
        return False
    return True


def _keyed(vault: Vault, staff: UUID, pin: str) -> bytes:
    """So few digits are soon guessed by whoever has the database; not without the master key."""
    return vault.lookup("pin", f"{staff.hex}.{pin}")


def _scrypt(salt: bytes) -> Scrypt:
    return Scrypt(salt=salt, length=32, n=2**13, r=8, p=1)
