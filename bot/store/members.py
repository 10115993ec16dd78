"""Who takes part in which group, under which alias, at which hours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.vault import Place, Vault

_t = tables.member
_p = tables.participant
_COLUMNS = select(
    *(_t.c.participant_id, _t.c.group_id, _t.c.sealed_alias, _t.c.checkins, _t.c.quiet_from),
    *(_t.c.quiet_to, _t.c.joined_at, _t.c.confirmed_at, _t.c.discharged_at),
    _t.c.phase,
)
_GET = Prepared(_COLUMNS.where(_t.c.participant_id == bindparam("person")))
_LONGEST_FIRST = (_t.c.joined_at, _t.c.participant_id)
"""Whoever locks all of a group does it in this order, or two would wait for each other."""
_OF_GROUP = _COLUMNS.where(_t.c.group_id == bindparam("group")).order_by(*_LONGEST_FIRST)
_PRESENT = (
    select(_t.c.participant_id)
    .join(_p, _p.c.id == _t.c.participant_id)
    .where(_t.c.group_id == bindparam("group"), _p.c.standing == "member")
)
_WITHOUT = _PRESENT.where(
    ~exists().where(
        tables.due.c.participant_id == _t.c.participant_id, tables.due.c.kind == bindparam("what")
    )
).limit(bindparam("many"))
_SET = {
    name: update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values({name: bindparam("to", type_=_t.c[name].type)})
    for name in ("sealed_alias", "checkins", "quiet_from", "quiet_to", "discharged_at", "phase")
}
_CONFIRM = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"))
    .values(
        confirmed_at=bindparam("at", type_=_t.c.confirmed_at.type),
        confirmed_by=bindparam("by", type_=_t.c.confirmed_by.type),
        sealed_code=None,
    )
)


@dataclass(frozen=True, slots=True)
class Member:
    """A participant's place in a group. Times are local, HH:MM, in the participant's zone.

    `phase` is step_down or alumni, None for everybody else (see `care.phase`)."""

    person: UUID
    group: UUID
    alias: str | None
    checkins: tuple[str, ...]
    quiet: tuple[str, str] | None
    joined_at: datetime
    confirmed_at: datetime | None
    discharged_at: datetime | None
    phase: str | None = None


def join(session: Session, person: UUID, group: UUID, now: datetime) -> None:
    """Give somebody a place in a group, not yet confirmed."""
    row = {
        "participant_id": person,
        "group_id": group,
        "code_failures": 0,
        "checkins": "",
        "joined_at": now,
    }
    session.connection().execute(insert(_t), row)


def get(session: Session, vault: Vault, person: UUID) -> Member | None:
    """Somebody's place, None if they have none."""
    row = _GET.first(session.connection(), {"person": person})
    return None if row is None else _member(session, vault, row)


def alias_of(session: Session, vault: Vault, person: UUID) -> str:
    """The name somebody goes by here, "" where they have none yet. Nothing else of them is told."""
    member = get(session, vault, person)
    return (member.alias if member is not None else None) or ""


def of_group(session: Session, vault: Vault, group: UUID) -> list[Member]:
    """Everybody who has or had a place in a group, the longest-serving first."""
    rows = session.connection().execute(_OF_GROUP, {"group": group}).all()
    return [_member(session, vault, row) for row in rows]


def present(session: Session, group: UUID) -> list[UUID]:
    """Who takes part in a group now, the longest-serving first."""
    query = _PRESENT.order_by(*_LONGEST_FIRST)
    return list(session.connection().execute(query, {"group": group}).scalars())


def present_without(session: Session, group: UUID, kind: str, many: int) -> list[UUID]:
    """Of those who take part in a group now, some who have no moment of this kind to come."""
    asked = {"group": group, "what": kind, "many": many}
    return list(session.connection().execute(_WITHOUT, asked).scalars())


def confirm(session: Session, person: UUID, by: UUID | None, now: datetime) -> None:
    """The therapist knows who it is; the code is used up."""
    session.connection().execute(_CONFIRM, {"person": person, "at": now, "by": by})


def set_alias(session: Session, vault: Vault, person: UUID, alias: str) -> None:
    """The name this person goes by, here and nowhere else."""
    _set(
        session, person, "sealed_alias", vault.seal(session, person, _alias(person), alias.encode())
    )


def set_checkins(session: Session, person: UUID, times: tuple[str, ...]) -> None:
    """When they want to be asked, as local times HH:MM."""
    _set(session, person, "checkins", ",".join(times))


def set_quiet(session: Session, person: UUID, hours: tuple[str, str] | None) -> None:
    """Between these local times nothing is sent unasked."""
    start, end = hours or (None, None)
    _set(session, person, "quiet_from", start)
    _set(session, person, "quiet_to", end)


def set_discharged(session: Session, person: UUID, at: datetime | None) -> None:
    """They finished the programme at this moment (UTC)."""
    _set(session, person, "discharged_at", at)


def set_phase(session: Session, person: UUID, phase: str | None) -> None:
    """Step down, alumni, or None: the phase follows from what they are to the programme."""
    _set(session, person, "phase", phase)


def _set(session: Session, person: UUID, column: str, to: object) -> None:
    session.connection().execute(_SET[column], {"person": person, "to": to})


def _member(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> Member:
    person = row.participant_id
    alias = None
    if row.sealed_alias is not None:
        alias = vault.open(session, person, _alias(person), row.sealed_alias).decode()
    return Member(
        person,
        row.group_id,
        alias,
        tuple(filter(None, row.checkins.split(","))),
        (row.quiet_from, row.quiet_to) if row.quiet_from and row.quiet_to else None,
        row.joined_at,
        row.confirmed_at,
        row.discharged_at,
        row.phase,
    )


def _alias(person: UUID) -> Place:
    return Place("member", "sealed_alias", person.hex)
