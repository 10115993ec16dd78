"""Which schedules somebody should have: by their own hours, their phase, their group's sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from bot.care.cadence import Anchor, AroundSession, DaysAfter, FixedTime, Quiet
from bot.care.phase import STEP_DOWN_DAYS, Phase
from bot.store import groups
from bot.store.members import Member
from bot.usecases.timetable.facts import Known
from bot.usecases.timetable.hours import hours_of, reminded_at, shifted
from bot.usecases.timetable.keep import CHECKIN, MEASURE, REMINDER, SESSION, WORKSHOP

BEFORE = 120
"""Minutes before a session at which it is asked what to bring."""
AFTER = 5
"""Minutes after its end at which it is asked who was there."""
LOOK = "check.week"
LOOK_DAY, WEEK = 6, 7
"""The weekly look is taken on Sundays, three hours after the first check-in."""
LATER = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One schedule somebody should have."""

    purpose: str
    name: str
    anchor: Anchor
    weekdays: tuple[int, ...] = tuple(range(7))
    exercise: str | None = None


def all_wanted(known: Known, member: Member, quiet: Quiet | None) -> Iterator[Wanted]:
    """All that their own hours, the questionnaires and the group's sessions bring."""
    hours = hours_of(member, quiet)
    step_down = member.phase == Phase.STEP_DOWN
    days = STEP_DOWN_DAYS if step_down else tuple(range(7))
    for number, hour in enumerate(hours[:1] if step_down else hours):
        yield Wanted(CHECKIN, f"{CHECKIN}.{number}", FixedTime(at=hour), days)
    if hours and known.kit.library.find(LOOK) is not None:
        at = shifted(hours[0], LATER, quiet)
        yield Wanted(MEASURE, f"{MEASURE}.week", FixedTime(at=at), (LOOK_DAY,), LOOK)
    yield from _measures(known, hours, quiet)
    meets = groups.sessions_of(known.session, member.group)
    if meets:
        over = max(each.minutes for each in meets) + AFTER
        yield Wanted(SESSION, f"{SESSION}.before", AroundSession(minutes=-BEFORE))
        yield Wanted(SESSION, f"{SESSION}.after", AroundSession(minutes=over))


def moved(hours: list[time], quiet: Quiet | None) -> Iterator[tuple[str, time]]:
    """What hangs on the person's own hours and begins for another reason."""
    if hours:
        yield REMINDER, reminded_at(hours, quiet)
        yield WORKSHOP, hours[-1]


def _measures(known: Known, hours: list[time], quiet: Quiet | None) -> Iterator[Wanted]:
    """The questionnaires whose wording is installed, in the rhythm of their definitions; each has a
    day of the week of its own, other than the weekly look's, so that no morning brings two."""
    track = known.group.track if known.group is not None else None
    offered = [
        each
        for each in known.kit.measures.offered
        if known.kit.library.find(each.id) is not None
        and each.rhythm is not None
        and (not each.rhythm.tracks or track in each.rhythm.tracks)
    ]
    taken = _day_of_the_look(known)
    for each in offered if hours else ():
        rhythm = each.rhythm
        assert rhythm is not None
        first = 1 if rhythm.intake else rhythm.every_days
        if first is not None:
            free = (first + more for more in range(WEEK) if (first + more) % WEEK not in taken)
            day = next(free, first)
            taken.add(day % WEEK)
            at = shifted(hours[0], LATER, quiet)
            anchor = DaysAfter(of="enrolment", at=at, first=day, every=rhythm.every_days)
            yield Wanted(MEASURE, f"{MEASURE}.{each.measure}", anchor, exercise=each.measure)


def _day_of_the_look(known: Known) -> set[int]:
    """How many days after they joined, modulo a week, the weekly look comes."""
    joined = known.member.confirmed_at if known.member is not None else None
    if joined is None or known.kit.library.find(LOOK) is None:
        return set()
    weekday = joined.astimezone(ZoneInfo(known.person.zone)).weekday()
    return {(LOOK_DAY - weekday) % WEEK}
