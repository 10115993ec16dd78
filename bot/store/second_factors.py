"""What a member of staff's authenticator app knows too, sealed under their key; codes for a lost
phone as keyed hashes. Who may try how often is decided here, because it must be counted here."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

FAILURES = 5
"""So many wrong codes in a row lock it …"""
LOCKED = timedelta(minutes=15)
"""… for so long."""
RECOVERY = 8
"""How many codes for a lost phone somebody is given."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 16
_t = tables.second_factor
_r = tables.recovery_code
_MINE = _t.c.staff_id == bindparam("staff")
_GET = select(
    *(_t.c.sealed_secret, _t.c.confirmed_at, _t.c.last_step, _t.c.failures, _t.c.locked_until)
).where(_MINE)
_COLUMNS = ("sealed_secret", "made_at", "confirmed_at", "last_step", "failures", "locked_until")
_OFFER = Upsert(_t, "staff_id", replace=_COLUMNS)
_USED = (
    update(_t)
    .where(_MINE, _t.c.last_step < bindparam("step"))
    .values(
        last_step=bindparam("step"),
        failures=0,
        locked_until=None,
        confirmed_at=func.coalesce(
            _t.c.confirmed_at, bindparam("now", type_=_t.c.confirmed_at.type)
        ),
    )
)
_FAILED = update(_t).where(_MINE).values(failures=_t.c.failures + 1).returning(_t.c.failures)
_LOCK = (
    update(_t)
    .where(_MINE)
    .values(failures=0, locked_until=bindparam("until", type_=_t.c.locked_until.type))
)
_FORGET = delete(_t).where(_MINE)
_SPEND = delete(_r).where(_r.c.staff_id == bindparam("staff"), _r.c.code_hash == bindparam("hash"))
_FORGET_CODES = delete(_r).where(_r.c.staff_id == bindparam("staff"))
_LEFT = select(func.count()).where(_r.c.staff_id == bindparam("staff"))


@dataclass(frozen=True, slots=True)
class Factor:
    """The shared secret (base32), since when it is in use (None: not yet), the newest half minute
    whose code was used, and until when no code is looked at."""

    secret: str
    confirmed_at: datetime | None
    last_step: int
    failures: int
    locked_until: datetime | None


def get(session: Session, vault: Vault, staff: UUID) -> Factor | None:
    """Somebody's second factor, in use or only offered."""
    row = session.connection().execute(_GET, {"staff": staff}).first()
    if row is None:
        return None
    secret = vault.open(session, staff, _place(staff), row.sealed_secret).decode()
    return Factor(secret, row.confirmed_at, row.last_step, row.failures, row.locked_until)


def offer(session: Session, vault: Vault, staff: UUID, secret: str, now: datetime) -> None:
    """Keeps a new secret that is not in use until a code of it was given."""
    sealed = vault.seal(session, staff, _place(staff), secret.encode())
    row = {"staff_id": staff, "sealed_secret": sealed, "made_at": now, "confirmed_at": None}
    _OFFER.execute(
        session.connection(), row | {"last_step": 0, "failures": 0, "locked_until": None}
    )


def use(session: Session, staff: UUID, step: int, now: datetime) -> bool:
    """The code of this half minute was right; False when it, or a later one, was used before."""
    asked = {"staff": staff, "step": step, "now": now}
    return session.connection().execute(_USED, asked).rowcount > 0


def failed(session: Session, staff: UUID, now: datetime) -> bool:
    """A code was wrong; True when that was one too many, and no code is looked at for a while."""
    many = session.connection().execute(_FAILED, {"staff": staff}).scalar()
    if many is None or many < FAILURES:
        return False
    session.connection().execute(_LOCK, {"staff": staff, "until": now + LOCKED})
    return True


def is_locked(factor: Factor, now: datetime) -> bool:
    """Whether no code is looked at. By a clock that ran ahead every code was wrong, and the lock
    of then would last until the clock comes there."""
    until = factor.locked_until
    return until is not None and now < until <= now + LOCKED


def forget(session: Session, staff: UUID) -> None:
    """They have none any longer, and no codes either."""
    session.connection().execute(_FORGET, {"staff": staff})
    session.connection().execute(_FORGET_CODES, {"staff": staff})


def new_codes(session: Session, vault: Vault, staff: UUID) -> tuple[str, ...]:
    """Codes for a lost phone, each for one use, to be shown once; older ones are void."""
    session.connection().execute(_FORGET_CODES, {"staff": staff})
    codes = tuple(
        "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(RECOVERY)
    )
    rows = [{"code_hash": _keyed(vault, staff, each), "staff_id": staff} for each in codes]
    session.connection().execute(insert(_r), rows)
    return codes


def spend_code(session: Session, vault: Vault, staff: UUID, code: str) -> bool:
    """Uses a code for a lost phone up; False for anything else."""
    asked = {"staff": staff, "hash": _keyed(vault, staff, code)}
    return session.connection().execute(_SPEND, asked).rowcount > 0


def codes_left(session: Session, staff: UUID) -> int:
    """How many codes for a lost phone somebody still has."""
    return int(session.connection().execute(_LEFT, {"staff": staff}).scalar_one())


def _keyed(vault: Vault, staff: UUID, code: str) -> bytes:
    return vault.lookup("recovery code", f"{staff.hex}.{code}")


def _place(staff: UUID) -> Place:
    return Place("second_factor", "sealed_secret", staff.hex)
