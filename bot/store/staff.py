"""Who looks after groups: therapists and the lead, their back-up order and who is on call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

_t = tables.staff
_gs = tables.group_staff
_COLUMNS = select(
    *(_t.c.id, _t.c.role, _t.c.sealed_name, _t.c.sealed_email, _t.c.on_call_place, _t.c.active),
    _t.c.reviewer,
)
_GET = _COLUMNS.where(_t.c.id == bindparam("staff"))
_ALL = _COLUMNS.where(_t.c.active.is_(True)).order_by(_t.c.created_at)
_EVER = _COLUMNS.order_by(_t.c.created_at)
_OF_GROUP = (
    _COLUMNS.join(_gs, _gs.c.staff_id == _t.c.id)
    .where(_gs.c.group_id == bindparam("group"), _t.c.active.is_(True))
    .order_by(_gs.c.place, _t.c.created_at)
)
_ON_CALL = _COLUMNS.where(_t.c.active.is_(True), _t.c.on_call_place.is_not(None)).order_by(
    _t.c.on_call_place
)
_REMOVE = (
    update(_t)
    .where(_t.c.id == bindparam("staff"))
    .values(active=False, on_call_place=None, sealed_email=None, pin_hash=None)
)
_REVIEWER = update(_t).where(_t.c.id == bindparam("staff")).values(reviewer=bindparam("may"))
_ON_CALL_PLACE = (
    update(_t).where(_t.c.id == bindparam("staff")).values(on_call_place=bindparam("to"))
)
_ROLE = update(_t).where(_t.c.id == bindparam("staff")).values(role=bindparam("to"))
_LEAVE = delete(_gs).where(
    _gs.c.group_id == bindparam("group"), _gs.c.staff_id == bindparam("staff")
)
_SET_PLACE = (
    update(_gs)
    .where(_gs.c.group_id == bindparam("group"), _gs.c.staff_id == bindparam("staff"))
    .values(place=bindparam("to"))
)
_IN_CHAT = (
    select(_t.c.id)
    .join(tables.participant, tables.participant.c.id == _t.c.id)
    .where(_t.c.active.is_(True), tables.participant.c.standing == "staff")
    .order_by(_t.c.id)
)
_GROUPS_OF = select(_gs.c.group_id).where(_gs.c.staff_id == bindparam("staff"))


class Role(StrEnum):
    """A therapist looks after their groups; the lead also after the programme."""

    THERAPIST = "therapist"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Staff:
    """One member of staff; the id is also that of their person once they took the invitation.

    A `reviewer` may send exercises as files, read what is wrong with them, and try them; and
    choose what a track offers.
    """

    id: UUID
    role: Role
    name: str
    email: str | None
    on_call_place: int | None
    active: bool
    reviewer: bool = False


def add_staff(
    session: Session,
    vault: Vault,
    name: str,
    role: Role,
    now: datetime,
    *,
    email: str | None = None,
    groups: tuple[UUID, ...] = (),
    on_call_place: int | None = None,
    reviewer: bool = False,
) -> Staff:
    """Prepare a place for somebody, with a key of their own; they come last in each group."""
    staff = Staff(new_id(now), role, name, email, on_call_place, active=True, reviewer=reviewer)
    vault.new_key(session, staff.id)
    row = {
        "id": staff.id,
        "role": role.value,
        "sealed_name": vault.seal(session, staff.id, _place(staff.id, "name"), name.encode()),
        "sealed_email": None
        if email is None
        else vault.seal(session, staff.id, _place(staff.id, "email"), email.encode()),
        "on_call_place": on_call_place,
        "pin_failures": 0,
        "active": True,
        "reviewer": reviewer,
        "created_at": now,
    }
    session.connection().execute(insert(_t), row)
    for group in groups:
        join_group(session, vault, staff.id, group)
    return staff


def join_group(session: Session, vault: Vault, staff_id: UUID, group: UUID) -> None:
    """They look after this group too, the last in its order; nothing where they do already."""
    if group not in groups_of(session, staff_id):
        place = len(of_group(session, vault, group))
        link = {"group_id": group, "staff_id": staff_id, "place": place}
        session.connection().execute(insert(_gs), link)


def leave_group(session: Session, staff_id: UUID, group: UUID) -> None:
    """They look after this group no longer."""
    session.connection().execute(_LEAVE, {"group": group, "staff": staff_id})


def set_email(session: Session, vault: Vault, staff_id: UUID, email: str) -> None:
    """Where they can be told when the chat does not reach them."""
    sealed = vault.seal(session, staff_id, _place(staff_id, "email"), email.encode())
    changed = update(_t).where(_t.c.id == staff_id).values(sealed_email=sealed)
    session.connection().execute(changed)


def get(session: Session, vault: Vault, staff_id: UUID) -> Staff | None:
    """One member of staff, active or not."""
    return next(iter(_read(session, vault, _GET, {"staff": staff_id})), None)


def everybody(session: Session, vault: Vault) -> list[Staff]:
    """All who are active, the longest-serving first."""
    return _read(session, vault, _ALL, {})


def in_chat(session: Session) -> list[UUID]:
    """All who are active and have taken their place in the chat."""
    return list(session.connection().execute(_IN_CHAT).scalars())


def all_ever(session: Session, vault: Vault) -> list[Staff]:
    """All who work or worked here: their names stay in the records."""
    return _read(session, vault, _EVER, {})


def of_group(session: Session, vault: Vault, group_id: UUID) -> list[Staff]:
    """Who looks after a group, in back-up order."""
    return _read(session, vault, _OF_GROUP, {"group": group_id})


def set_order(session: Session, group_id: UUID, order: Sequence[UUID]) -> None:
    """The back-up order of those who look after a group; each of them stands in it once."""
    for place, each in enumerate(order):
        asked = {"group": group_id, "staff": each, "to": place}
        session.connection().execute(_SET_PLACE, asked)


def on_call(session: Session, vault: Vault) -> list[Staff]:
    """Who answers while the clinic is closed, in order."""
    return _read(session, vault, _ON_CALL, {})


def leads(session: Session, vault: Vault) -> list[Staff]:
    """The programme's leads."""
    return [each for each in everybody(session, vault) if each.role is Role.LEAD]


def remove(session: Session, staff_id: UUID) -> None:
    """They work here no longer: their address and PIN go, their name stays in the records."""
    session.connection().execute(_REMOVE, {"staff": staff_id})


def set_on_call(session: Session, staff_id: UUID, place: int | None) -> None:
    """Their place among those who answer while the clinic is closed; None for none."""
    session.connection().execute(_ON_CALL_PLACE, {"staff": staff_id, "to": place})


def set_role(session: Session, staff_id: UUID, role: Role) -> None:
    """They lead the programme from now on, or no longer."""
    session.connection().execute(_ROLE, {"staff": staff_id, "to": role.value})


def set_reviewer(session: Session, staff_id: UUID, may: bool) -> None:
    """Whether they may try exercises that they send as files."""
    session.connection().execute(_REVIEWER, {"staff": staff_id, "may": may})


def groups_of(session: Session, staff_id: UUID) -> list[UUID]:
    """The groups somebody looks after."""
    return list(session.connection().execute(_GROUPS_OF, {"staff": staff_id}).scalars())


def _read(
    session: Session, vault: Vault, query: Select[*tuple[Any, ...]], values: dict[str, UUID]
) -> list[Staff]:
    rows = session.connection().execute(query, values).all()
    return [_staff(session, vault, row) for row in rows]


def _staff(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> Staff:
    def opened(column: str, sealed: bytes | None) -> str | None:
        if sealed is None:
            return None
        return vault.open(session, row.id, _place(row.id, column), sealed).decode()

    name = opened("name", row.sealed_name)
    assert name is not None
    email = opened("email", row.sealed_email)
    return Staff(row.id, Role(row.role), name, email, row.on_call_place, row.active, row.reviewer)


def _place(staff_id: UUID, column: str) -> Place:
    return Place("staff", f"sealed_{column}", staff_id.hex)
