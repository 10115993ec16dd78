"""Who came in by an invitation and waits: their group, and the number they read out in the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.people import Standing
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.member
_p = tables.participant
# Somebody who comes back keeps alias and hours; `confirmed_at` tells them from a stranger.
_ARRIVE = Upsert(
    _t, "participant_id", replace=("group_id", "sealed_code", "code_failures", "joined_at")
)
_CODE = select(_t.c.sealed_code).where(_t.c.participant_id == bindparam("person"))
_WAITING = (
    select(*(_t.c.participant_id, _t.c.group_id, _t.c.sealed_code, _t.c.joined_at))
    .join(_p, _p.c.id == _t.c.participant_id)
    .where(_p.c.standing == Standing.PENDING.value, _t.c.sealed_code.is_not(None))
    .order_by(_t.c.joined_at)
)
_RENEW = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(sealed_code=bindparam("code"), code_failures=0)
)
_MISS = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(code_failures=_t.c.code_failures + 1)
    .returning(_t.c.code_failures)
)
_FORGET_CODE = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(sealed_code=None, code_failures=0)
)
_STEP_BACK = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(sealed_code=None, code_failures=0, group_id=bindparam("group"))
)
_LEAVE = delete(_t).where(_t.c.participant_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who waits. `code` is the number on their phone, four digits."""

    person: UUID
    group: UUID
    code: str
    joined_at: datetime


def arrive(
    session: Session, vault: Vault, person: UUID, group: UUID, code: str, now: datetime
) -> None:
    """Give somebody a place in a group, not yet confirmed; or, again, to somebody who left."""
    row = {
        "participant_id": person,
        "group_id": group,
        "sealed_code": _sealed(session, vault, person, code),
        "code_failures": 0,
        "checkins": "",
        "joined_at": now,
    }
    _ARRIVE.execute(session.connection(), row)


def code_of(session: Session, vault: Vault, person: UUID) -> str | None:
    """The number somebody reads out; None once it is used up."""
    sealed = session.connection().execute(_CODE, {"person": person}).scalar()
    return None if sealed is None else _opened(session, vault, person, sealed)


def everybody(session: Session, vault: Vault) -> list[Newcomer]:
    """All who wait, the first to come first."""
    return [
        Newcomer(
            row.participant_id,
            row.group_id,
            _opened(session, vault, row.participant_id, row.sealed_code),
            row.joined_at,
        )
        for row in session.connection().execute(_WAITING).all()
    ]


def of_groups(session: Session, vault: Vault, groups: Sequence[UUID]) -> list[Newcomer]:
    """All who wait for one of these groups, the first to come first."""
    return [each for each in everybody(session, vault) if each.group in groups]


def renew(session: Session, vault: Vault, person: UUID, code: str) -> None:
    """Give them another number; what was typed wrongly before no longer counts."""
    sealed = _sealed(session, vault, person, code)
    session.connection().execute(_RENEW, {"person": person, "code": sealed})


def missed(session: Session, person: UUID) -> int:
    """Note that a wrong number was typed while they waited; how often so far."""
    return int(session.connection().execute(_MISS, {"person": person}).scalar_one())


def step_back(session: Session, person: UUID, group: UUID | None) -> None:
    """They take part no longer after all, as before; their place of earlier stays, in the group it
    was in (None: the one they waited for)."""
    query = _FORGET_CODE if group is None else _STEP_BACK
    session.connection().execute(query, {"person": person, "group": group})


def turn_away(session: Session, person: UUID) -> None:
    """They were never confirmed: they have no place."""
    session.connection().execute(_LEAVE, {"person": person})


def _sealed(session: Session, vault: Vault, person: UUID, code: str) -> bytes:
    return vault.seal(session, person, _place(person), code.encode())


def _opened(session: Session, vault: Vault, person: UUID, sealed: bytes) -> str:
    return vault.open(session, person, _place(person), sealed).decode()


def _place(person: UUID) -> Place:
    return Place("member", "sealed_code", person.hex)
