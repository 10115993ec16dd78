"""The place of a member of staff changes or ends, and what follows for alerts and invitations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from bot.store import audit, groups, invites, second_factors, staff
from bot.store.staff import Role, Staff
from bot.usecases import alert as alarms
from bot.usecases import staff_commands
from bot.usecases.alert import HandedOn
from bot.usecases.kit import Kit


@dataclass(frozen=True, slots=True)
class Changes:
    """The groups they look after from now on, or no longer; their address, whether they lead, their
    place on call (0: none), whether they have the right to review. What is None stays."""

    joins: tuple[UUID, ...] = ()
    leaves: tuple[UUID, ...] = ()
    email: str | None = None
    lead: bool | None = None
    on_call: int | None = None
    reviewer: bool | None = None


class Missing(StrEnum):
    """Whom there is nobody to be now, for alerts to go to."""

    ON_CALL = "on_call"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class After:
    """How it is afterwards: what the change left `missing`, the groups nobody looks after any more
    by name, and what became of their alerts."""

    missing: tuple[Missing, ...]
    unattended: tuple[str, ...]
    handed_on: HandedOn


def change(session: Session, kit: Kit, who: Staff, changes: Changes, now: datetime) -> After:
    """Changes somebody's place. Of a group they leave their open invitations become void, and the
    next in the order is told of open alerts, unless they lead the programme."""
    before = _missing(session, kit)
    for group in changes.joins:
        staff.join_group(session, kit.vault, who.id, group)
    for group in changes.leaves:
        staff.leave_group(session, who.id, group)
        invites.void_into(session, who.id, group)
    if changes.lead is not None:
        staff.set_role(session, who.id, Role.LEAD if changes.lead else Role.THERAPIST)
    if changes.email is not None:
        staff.set_email(session, kit.vault, who.id, changes.email)
    if changes.on_call is not None:
        staff.set_on_call(session, who.id, changes.on_call or None)
    if changes.reviewer is not None:
        staff.set_reviewer(session, who.id, changes.reviewer)
    leads = (who.role is Role.LEAD) if changes.lead is None else changes.lead
    theirs = set() if leads else set(changes.leaves)
    handed_on = alarms.let_go(session, kit, who.id, now, theirs)
    if changes.joins or changes.lead or changes.on_call:
        alarms.look_again(session, now)
    _on_record(session, who, "staff.changed", now)
    return _after(session, kit, before, changes.leaves, handed_on)


def remove(session: Session, kit: Kit, who: Staff, now: datetime) -> After:
    """They work here no longer: their open invitations become void, and the next in the order is
    told of the alerts they had taken and not closed."""
    before, theirs = _missing(session, kit), staff.groups_of(session, who.id)
    staff.remove(session, who.id)
    second_factors.forget(session, who.id)
    invites.void(session, who.id)
    staff_commands.withdraw(session, kit, who.id, now)
    handed_on = alarms.let_go(session, kit, who.id, now)
    _on_record(session, who, "staff.removed", now)
    return _after(session, kit, before, theirs, handed_on)


def _on_record(session: Session, who: Staff, action: str, now: datetime) -> None:
    # Last, because everybody else's record waits until this is committed. Whoever types commands on
    # the server is no member of staff: the row names nobody.
    reason = who.id.hex
    audit.write(session, actor=None, subject=None, action=action, reason=reason, now=now)


def _after(
    session: Session,
    kit: Kit,
    before: Collection[Missing],
    left: Collection[UUID],
    handed_on: HandedOn,
) -> After:
    gone = [each for each in groups.groups(session) if each.id in left]
    return After(
        tuple(each for each in _missing(session, kit) if each not in before),
        tuple(each.name for each in gone if not staff.of_group(session, kit.vault, each.id)),
        handed_on,
    )


def _missing(session: Session, kit: Kit) -> list[Missing]:
    there = {
        Missing.ON_CALL: staff.on_call(session, kit.vault),
        Missing.LEAD: staff.leads(session, kit.vault),
    }
    return [each for each, found in there.items() if not found]
