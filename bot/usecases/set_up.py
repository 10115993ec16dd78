"""Setting up a programme: its settings, groups and staff, and people who are known already."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.store import consents, groups, members, people, staff
from bot.store.consents import Event
from bot.store.groups import Group, OfficeHours, Programme, SessionTime
from bot.store.people import Participant, Standing
from bot.store.staff import Role, Staff
from bot.usecases import probe, timetable
from bot.usecases.kit import Kit

WEEKDAYS = range(5)
NINE_TO_FIVE = tuple(OfficeHours(day, "09:00", "17:00") for day in WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who need not be invited: who they are on Telegram, their language and zone."""

    telegram_id: int
    language: str
    zone: str
    alias: str
    checkins: tuple[str, ...] = ("08:00", "20:00")


def demo_group(session: Session, zone: str, now: datetime) -> Group:
    """A small programme with one group that meets on Thursdays, read on weekdays from 9 to 5."""
    groups.set_programme(session, Programme("Riverside IOP", zone), now)
    meets = (SessionTime(3, "18:00", 90),)
    return groups.add_group(session, "Thursday-B", zone, now, sessions=meets, hours=NINE_TO_FIVE)


def enrol(session: Session, kit: Kit, group: UUID, known: Known, now: datetime) -> Participant:
    """Takes somebody in as a confirmed member who has been through the onboarding."""
    person = people.welcome(session, kit.vault, known.telegram_id, known.language, known.zone, now)
    people.set_standing(session, person.id, Standing.MEMBER)
    members.join(session, person.id, group, now)
    members.confirm(session, person.id, None, now)
    members.set_alias(session, kit.vault, person.id, known.alias)
    members.set_checkins(session, person.id, known.checkins)
    members.set_quiet(session, person.id, ("22:00", "07:00"))
    frame = kit.consents.texts.get(Scope.FRAME)
    if frame is not None:
        event = Event(frame.scope.value, True, frame.version, frame.sha(known.language), now)
        consents.record(session, person.id, event)
    found = people.get(session, person.id)
    assert found is not None
    timetable.follow(timetable.Known(session, kit, found, now))
    return found


def employ(
    session: Session,
    kit: Kit,
    group: UUID,
    name: str,
    known: Known,
    now: datetime,
    *,
    more: tuple[UUID, ...] = (),
) -> Staff:
    """Takes somebody in as the first therapist of a group (and `more`), on call as well."""
    place = staff.add_staff(
        session, kit.vault, name, Role.THERAPIST, now, groups=(group, *more), on_call_place=1
    )
    person = people.welcome(session, kit.vault, known.telegram_id, known.language, known.zone, now)
    taken = people.take_place(session, kit.vault, place.id, known.telegram_id, person, now)
    people.set_standing(session, taken.id, Standing.STAFF)
    probe.plan_for(session, taken.id, now)
    return place
