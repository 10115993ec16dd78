"""The schedule of workshops: one for each person, at the later of their own hours."""

from dataclasses import replace

from bot.care.cadence import FixedTime, Schedule
from bot.store import schedules
from bot.usecases.timetable.facts import Known
from bot.usecases.timetable.follow import Wanted, add, hours_of, quiet_of
from bot.usecases.timetable.keep import WORKSHOP, account_all, plan_next


def lessons(known: Known) -> None:
    """From now on it is looked every day whether a lesson opens. Somebody without hours of their
    own finds the lessons in the menu. Idempotent."""
    member = known.member
    quiet = quiet_of(member) if member is not None else None
    hours = hours_of(member, quiet) if member is not None else []
    if not hours:
        return
    anchor = FixedTime(at=hours[-1])
    account_all(known)
    had = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    if WORKSHOP not in had:
        add(known, Wanted(WORKSHOP, WORKSHOP, anchor), quiet)
        return
    stored = had[WORKSHOP]
    if stored.active:
        return
    fresh = Schedule(
        id=stored.id,
        participant=known.person.id,
        anchor=anchor,
        zone=known.person.zone,
        quiet=quiet,
        since=known.now,
    )
    again = replace(stored, plan=fresh, active=True)
    schedules.save(known.session, again)
    plan_next(known, again)


def no_lessons(known: Known) -> None:
    """No workshop runs any more."""
    for each in account_all(known):
        if each.purpose == WORKSHOP:
            ended = replace(each, active=False)
            schedules.save(known.session, ended)
            plan_next(known, ended)
