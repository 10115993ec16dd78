"""Who reads a page: a member of staff, and the one place that says what is theirs to see.

Whatever a page shows goes through `group_of` or `member_of` first; whatever it changes or takes out
through `own_group_of` or `own_member_of`, because an emergency opens a group for reading. What is
not theirs is not there: the same refusal whether the id belongs to another group, to nobody or to
somebody erased.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.store import audit, groups, members, people, staff
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.staff import Role
from bot.usecases import consented
from bot.usecases.kit import Kit


class NotYoursError(Exception):
    """Asked for what is not theirs to see: a 404 for whoever asked, and a row in the record."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of staff at the pages. `groups` are those they look after; all for the lead.
    `zone` (IANA) is the one their times are shown in; `opened` the groups of others that they
    opened in an emergency (break-glass); a `reviewer` has the right to review exercises."""

    id: UUID
    role: Role
    name: str
    language: str
    zone: str
    groups: frozenset[UUID]
    opened: frozenset[UUID] = frozenset()
    reviewer: bool = False

    def may_see(self, group: UUID) -> bool:
        """Whether a group is theirs, or was opened by them for now."""
        return group in self.groups or group in self.opened

    @property
    def is_lead(self) -> bool:
        """Whether they look after the whole programme."""
        return self.role is Role.LEAD

    @property
    def may_choose(self) -> bool:
        """Whether they decide what a track offers, to other therapists' groups as well."""
        return self.is_lead or self.reviewer


def reader_of(
    session: Session, kit: Kit, staff_id: UUID, *, opened: frozenset[UUID] = frozenset()
) -> Reader | None:
    """Who this is, as things stand now; None once they do not work here any longer."""
    found = staff.get(session, kit.vault, staff_id)
    if found is None or not found.active:
        return None
    person = people.look(session, staff_id)
    programme = groups.programme(session)
    mine = staff.groups_of(session, staff_id)
    if found.role is Role.LEAD:
        mine = [each.id for each in groups.groups(session)]
    return Reader(
        id=staff_id,
        role=found.role,
        name=found.name,
        language=person.language if person is not None else "en",
        zone=programme.zone if programme is not None else "UTC",
        groups=frozenset(mine),
        opened=opened,
        reviewer=found.reviewer,
    )


def open_groups(session: Session, reader: Reader) -> list[Group]:
    """The groups this reader may see, by name; those opened in an emergency too."""
    return [each for each in groups.groups(session) if reader.may_see(each.id)]


def own_groups(session: Session, reader: Reader) -> list[Group]:
    """The groups this reader looks after, by name."""
    return [each for each in groups.groups(session) if each.id in reader.groups]


def group_of(session: Session, reader: Reader, group_id: UUID) -> Group:
    """One group. Raises NotYoursError."""
    found = groups.group(session, group_id) if reader.may_see(group_id) else None
    if found is None:
        raise NotYoursError("group")
    return found


def own_group_of(session: Session, reader: Reader, group_id: UUID) -> Group:
    """One group they look after. Raises NotYoursError."""
    if group_id not in reader.groups:
        raise NotYoursError("group")
    return group_of(session, reader, group_id)


def member_of(session: Session, kit: Kit, reader: Reader, person_id: UUID) -> Member:
    """One participant, also one who was discharged. Raises NotYoursError."""
    found = members.get(session, kit.vault, person_id)
    if found is None or not reader.may_see(found.group):
        raise NotYoursError("participant")
    return found


def own_member_of(session: Session, kit: Kit, reader: Reader, person_id: UUID) -> Member:
    """One participant of a group they look after. Raises NotYoursError."""
    found = member_of(session, kit, reader, person_id)
    if found.group not in reader.groups:
        raise NotYoursError("participant")
    return found


def reads_words(session: Session, kit: Kit, person_id: UUID) -> bool:
    """Whether the participant lets their therapists read what they write in exercises."""
    return consented.agreed(session, kit, person_id, needs=Scope.THERAPIST_READS)


def record(
    session: Session,
    reader: Reader,
    subject: UUID | None,
    action: str,
    now: datetime,
    *,
    group: UUID | None = None,
    reason: str = "care",
    about: UUID | None = None,
) -> None:
    """Keeps that this reader looked or acted, in the transaction that shows it. `action` is a code
    with words under `who.did` (dots become underscores), `reason` one with words under `who.why`;
    the participant reads both in /who. `about` stands in for the reason: the one thing of theirs
    it was, such as an entry. `group` is where the subject belongs: what was opened in an emergency
    is marked so."""
    is_emergency = group in reader.opened - reader.groups
    why = "emergency" if is_emergency else reason if about is None else about.hex
    audit.write(session, actor=reader.id, subject=subject, action=action, reason=why, now=now)
