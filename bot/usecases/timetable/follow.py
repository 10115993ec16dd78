"""Which schedules somebody has: worked out from their own hours, brought in line when they change.

Check-ins at the person's own times, the session before and after, the weekly look. What is
assigned brings a reminder of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.care.cadence import (
    Anchor,
    AroundSession,
    DaysAfter,
    FixedTime,
    Quiet,
    Schedule,
    read_hour,
    travelled,
)
from bot.care.phase import STEP_DOWN_DAYS, Phase
from bot.store import groups, schedules
from bot.store.ids import new_id
from bot.store.members import Member
from bot.store.people import Standing
from bot.store.schedules import Stored
from bot.usecases.timetable.facts import Known
from bot.usecases.timetable.keep import (
    CHECKIN,
    KEPT,
    MEASURE,
    REMINDER,
    ROUND,
    SESSION,
    WORKSHOP,
    account_all,
    look_again,
    plan_next,
)

BEFORE = 120
"""Minutes before a session at which it is asked what to bring."""
AFTER = 5
"""Minutes after its end at which it is asked who was there."""
LOOK = "check.week"
LOOK_DAY, WEEK = 6, 7
"""The weekly look is taken on Sundays, three hours after the first check-in."""
LATER = 3
EARLIER = -2
DAYTIME = (time(18), time(12), time(9))
"""Hours for whoever chose no time of their own."""
REMINDED = (1, 3, 5)
"""Days after something was assigned on which it is reminded of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One schedule somebody should have."""

    purpose: str
    name: str
    anchor: Anchor
    weekdays: tuple[int, ...] = tuple(range(7))
    exercise: str | None = None


def follow(known: Known) -> None:
    """Brings the schedules in line with what the person and their group chose. Idempotent."""
    member = known.member
    if member is None or known.person.standing is not Standing.MEMBER:
        return
    quiet = quiet_of(member)
    wanted = {each.name: each for each in _wanted(known, member, quiet)}
    account_all(known)
    have = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    for name, each in wanted.items():
        if name not in have:
            add(known, each, quiet)
        else:
            _adjust(known, have[name], each, quiet)
    hours = hours_of(member, quiet)
    for name, hour in _moved(hours, quiet):
        kept = have.get(name)
        if kept is not None and kept.active:
            same = Wanted(name, name, FixedTime(at=hour), kept.plan.weekdays)
            _adjust(known, kept, same, quiet)
    for name, stored in have.items():
        if stored.purpose in (CHECKIN, SESSION) and name not in wanted and stored.active:
            end(known, stored)
        if stored.purpose in (ROUND, KEPT) and stored.active:
            _bring_along(known, stored, member, quiet)
    look_again(known)


def meet_anew(known: Known) -> None:
    """The group meets at other times from now on: what hangs on its sessions is planned anew. The
    dates gone by must have their outcome before (`account_all`): they are judged by what held."""
    follow(known)
    for each in schedules.of_person(known.session, known.person.id):
        if each.active and isinstance(each.plan.anchor, AroundSession):
            plan_next(known, each)


def _moved(hours: list[time], quiet: Quiet | None) -> Iterator[tuple[str, time]]:
    """What hangs on the person's own hours and begins for another reason."""
    if hours:
        yield REMINDER, _reminded_at(hours, quiet)
        yield WORKSHOP, hours[-1]


def _bring_along(known: Known, stored: Stored, member: Member, quiet: Quiet | None) -> None:
    """What the person chose besides keeps to their hours; what stays at step-down ends with it."""
    hour = free_hour(member, quiet)
    if hour is None or (stored.purpose == KEPT and member.phase != Phase.STEP_DOWN):
        end(known, stored)
        return
    at, days = FixedTime(at=hour), stored.plan.weekdays
    _adjust(known, stored, Wanted(stored.purpose, stored.name, at, days, stored.exercise), quiet)


def free_hour(member: Member, quiet: Quiet | None) -> time | None:
    """When something may come once a week: at the later check-in, else in the day; None where
    quiet hours leave no time."""
    free = (each for each in DAYTIME if quiet is None or not quiet.holds(each))
    return next(iter(hours_of(member, quiet)[::-1]), next(free, None))


def resume(known: Known, wanted: Wanted, quiet: Quiet | None) -> Stored:
    """Begins a schedule, or begins it anew where the person had one of that name."""
    had = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    if wanted.name not in had:
        return add(known, wanted, quiet)
    plan = Schedule.model_validate(
        {
            "id": had[wanted.name].id,
            "participant": known.person.id,
            "anchor": wanted.anchor,
            "zone": known.person.zone,
            "weekdays": wanted.weekdays,
            "quiet": quiet,
            "since": known.now,
        }
    )
    again = replace(had[wanted.name], exercise=wanted.exercise, plan=plan, active=True)
    schedules.save(known.session, again)
    plan_next(known, again)
    return again


def remind(known: Known, until: date) -> None:
    """Something was assigned up to that day: a reminder on the next day and every other day after,
    before the day itself; today where no other is left."""
    member = known.member
    quiet = quiet_of(member) if member is not None else None
    hours = hours_of(member, quiet) if member is not None else []
    if not hours:
        return
    today = known.now.astimezone(ZoneInfo(known.person.zone)).date()
    ahead = (today + timedelta(days=each) for each in REMINDED)
    days = [day for day in ahead if day < until] or [today]
    weekdays = tuple(sorted({day.weekday() for day in days}))
    wanted = Wanted(REMINDER, REMINDER, FixedTime(at=_reminded_at(hours, quiet)), weekdays)
    account_all(known)
    span = {"since": known.now, "first": days[0], "until": days[-1]}
    had = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    if REMINDER not in had:
        add(known, wanted, quiet, **span)
        return
    plan = {**dict(had[REMINDER].plan), "anchor": wanted.anchor, "weekdays": weekdays, **span}
    fresh = Schedule.model_validate({**plan, "quiet": quiet, "zone": known.person.zone})
    kept = replace(had[REMINDER], plan=fresh, active=True)
    schedules.save(known.session, kept)
    plan_next(known, kept)


def _reminded_at(hours: list[time], quiet: Quiet | None) -> time:
    """Two hours before the later check-in, so that there is time left that evening."""
    return shifted(hours[-1], EARLIER, quiet)


def travel(known: Known, zone: str) -> None:
    """The person lives by another clock from now on; `known.person` is as they were before."""
    for each in account_all(known):
        moved = replace(each, plan=travelled(each.plan, zone, known.now))
        schedules.save(known.session, moved)
        plan_next(known, moved)


def quiet_of(member: Member) -> Quiet | None:
    """The quiet hours somebody chose; None where they chose to have none."""
    if member.quiet is None:
        return None
    start, end = (read_hour(each) for each in member.quiet)
    return None if start is None or end is None or start == end else Quiet(start=start, end=end)


def add(known: Known, wanted: Wanted, quiet: Quiet | None, **more: object) -> Stored:
    """Begins a schedule; `more` are fields of the plan, such as its last date."""
    schedule_id = new_id(known.now)
    plan = Schedule.model_validate(
        {
            "id": schedule_id,
            "participant": known.person.id,
            "anchor": wanted.anchor,
            "zone": known.person.zone,
            "weekdays": wanted.weekdays,
            "quiet": quiet,
            "since": known.now,
            **more,
        }
    )
    stored = Stored(
        *(schedule_id, known.person.id, wanted.purpose, wanted.name, wanted.exercise, plan)
    )
    schedules.add(known.session, stored, known.now)
    plan_next(known, stored)
    return stored


def shifted(hour: time, hours: int, quiet: Quiet | None) -> time:
    """So many hours later (negative: earlier) on the same day and not in quiet hours; else the
    hour itself."""
    moved = hour.hour + hours
    if not 0 <= moved < 24:
        return hour
    at = time(moved, hour.minute)
    return hour if quiet is not None and quiet.holds(at) else at


def hours_of(member: Member, quiet: Quiet | None) -> list[time]:
    """The person's check-in times that quiet hours leave free, the earlier one first."""
    found = (read_hour(each) for each in member.checkins)
    return [each for each in found if each is not None and (quiet is None or not quiet.holds(each))]


def _wanted(known: Known, member: Member, quiet: Quiet | None) -> Iterator[Wanted]:
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


def _adjust(known: Known, stored: Stored, wanted: Wanted, quiet: Quiet | None) -> None:
    plan = stored.plan
    same = plan.anchor == wanted.anchor and plan.quiet == quiet and plan.weekdays == wanted.weekdays
    if same and stored.active:
        return
    since = plan.since if stored.active and plan.anchor == wanted.anchor else known.now
    fresh = {} if stored.active else {"pause": None, "skip_on": None, "frequency": "normal"}
    changed = {
        **dict(plan),
        "anchor": wanted.anchor,
        "quiet": quiet,
        "weekdays": wanted.weekdays,
        "since": since,
        **fresh,
    }
    if plan.weekdays != wanted.weekdays:  # every other day of fewer days could be none at all
        changed |= {"frequency": "normal", "slowed_on": None}
    if not stored.active:
        changed |= {"zone": known.person.zone, "move": None, "slowed_on": None, "until": None}
    kept = replace(stored, plan=Schedule.model_validate(changed), active=True)
    schedules.save(known.session, kept)
    plan_next(known, kept)


def end(known: Known, stored: Stored) -> None:
    """Nothing of this schedule comes any more."""
    ended = replace(stored, active=False)
    schedules.save(known.session, ended)
    plan_next(known, ended)
