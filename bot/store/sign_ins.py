"""Attempts to sign in to the pages: bound to one browser, approved in the chat, soon over."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, insert, or_, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id

LIFE = timedelta(minutes=10)
"""So long an attempt may take (OWASP ASVS 6.5.5), and so far back attempts are counted."""
OFFERED = 3
"""Numbers to choose from in the chat."""
_t = tables.sign_in
_NOW = bindparam("now", type_=_t.c.expires_at.type)
_SINCE = bindparam("since", type_=_t.c.made_at.type)
_LIVE = select(
    *(_t.c.id, _t.c.staff_id, _t.c.browser, _t.c.number, _t.c.numbers, _t.c.state),
    _t.c.expires_at,
).where(_t.c.expires_at > _NOW)
_BY_SECRET = _LIVE.where(_t.c.secret_hash == bindparam("hash"))
_BY_CODE = _LIVE.where(_t.c.code_hash == bindparam("hash"))
_BY_ID = _LIVE.where(_t.c.id == bindparam("attempt"))
_BIND = (
    update(_t)
    .where(_t.c.id == bindparam("attempt"), _t.c.state == "open")
    .values(staff_id=bindparam("staff"), state="asked", code_hash=None)
)
_DECIDE = (
    update(_t)
    .where(_t.c.id == bindparam("attempt"), _t.c.state == bindparam("was"))
    .values(state=bindparam("becomes"))
)
_REFUSE_ALL = (
    update(_t)
    .where(_t.c.staff_id == bindparam("staff"), _t.c.state.in_(["asked", "approved"]))
    .values(state="refused")
)
_REMOVE = delete(_t).where(_t.c.id == bindparam("attempt"))
_OF_STAFF = select(func.count()).where(_t.c.staff_id == bindparam("staff"), _t.c.made_at > _SINCE)
_OPEN = select(func.count()).where(_t.c.state == "open", _t.c.expires_at > _NOW)
# What a clock that ran ahead began would count among somebody's attempts until that moment comes.
_OVER = delete(_t).where(
    or_(_t.c.expires_at <= _NOW, _t.c.made_at > bindparam("latest", type_=_t.c.made_at.type))
)


class State(StrEnum):
    """Open: nobody's yet. Asked: the chat was asked. Then approved there, or refused."""

    OPEN = "open"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt; `number` is what the browser shows and `numbers` what the chat offers."""

    id: UUID
    staff: UUID | None
    browser: str
    number: int
    numbers: tuple[int, ...]
    state: State
    expires_at: datetime


def begin(
    session: Session,
    secret_hash: bytes,
    browser: str,
    now: datetime,
    *,
    staff: UUID | None = None,
    code: str | None = None,
) -> Attempt:
    """An attempt in this browser: somebody's, or nobody's until its code is typed in a chat."""
    numbers = secrets.SystemRandom().sample(range(10, 100), OFFERED)
    made = Attempt(
        id=new_id(now),
        staff=staff,
        browser=browser,
        number=secrets.choice(numbers),
        numbers=tuple(numbers),
        state=State.OPEN if staff is None else State.ASKED,
        expires_at=now + LIFE,
    )
    row = {
        "id": made.id,
        "secret_hash": secret_hash,
        "code_hash": None if code is None else _hash(code),
        "staff_id": staff,
        "browser": browser,
        "number": made.number,
        "numbers": ",".join(str(each) for each in numbers),
        "state": made.state.value,
        "made_at": now,
        "expires_at": made.expires_at,
    }
    session.connection().execute(insert(_t), row)
    return made


def of_browser(session: Session, secret_hash: bytes, now: datetime) -> Attempt | None:
    """The attempt of a cookie, until it is over."""
    return _one(session, _BY_SECRET, {"hash": secret_hash, "now": now})


def of_code(session: Session, typed: str, now: datetime) -> Attempt | None:
    """The attempt whose code somebody typed in their chat."""
    plain = "".join(each for each in typed.upper() if each.isalnum())
    return _one(session, _BY_CODE, {"hash": _hash(plain), "now": now})


def get(session: Session, attempt: UUID, now: datetime) -> Attempt | None:
    """One attempt, until it is over."""
    return _one(session, _BY_ID, {"attempt": attempt, "now": now})


def bind(session: Session, attempt: UUID, staff: UUID) -> bool:
    """An open attempt becomes somebody's; False when it is somebody's already."""
    bound = session.connection().execute(_BIND, {"attempt": attempt, "staff": staff})
    return bound.rowcount > 0


def decide(session: Session, attempt: UUID, was: State, becomes: State) -> bool:
    """Goes on from one state to another; False when it was not in the first."""
    asked = {"attempt": attempt, "was": was.value, "becomes": becomes.value}
    return session.connection().execute(_DECIDE, asked).rowcount > 0


def refuse_all(session: Session, staff: UUID) -> None:
    """None of somebody's attempts leads to a session any more; they still count."""
    session.connection().execute(_REFUSE_ALL, {"staff": staff})


def remove(session: Session, attempt: UUID) -> bool:
    """It led to a session, once; False when somebody was there before."""
    return session.connection().execute(_REMOVE, {"attempt": attempt}).rowcount > 0


def begun_by(session: Session, staff: UUID, now: datetime) -> int:
    """How many attempts somebody began of late."""
    asked = {"staff": staff, "since": now - LIFE}
    return int(session.connection().execute(_OF_STAFF, asked).scalar_one())


def open_now(session: Session, now: datetime) -> int:
    """How many attempts wait for somebody whose they are."""
    return int(session.connection().execute(_OPEN, {"now": now}).scalar_one())


def forget_over(session: Session, now: datetime) -> None:
    """Attempts that are over leave nothing behind."""
    session.connection().execute(_OVER, {"now": now, "latest": now + LIFE})


def _one(session: Session, query: Any, asked: dict[str, Any]) -> Attempt | None:
    row: Row[*tuple[Any, ...]] | None = session.connection().execute(query, asked).first()
    if row is None:
        return None
    numbers = tuple(int(each) for each in row.numbers.split(","))
    return Attempt(
        *(row.id, row.staff_id, row.browser, row.number, numbers, State(row.state)),
        row.expires_at,
    )


def _hash(code: str) -> bytes:
    return sha256(code.encode()).digest()
