"""The schedule of workshops: one for each person, at the later of their own hours."""

from bot.care.cadence import FixedTime
from bot.usecases.timetable.facts import Known
from bot.usecases.timetable.follow import end, resume
from bot.usecases.timetable.hours import hours_of, quiet_of
from bot.usecases.timetable.keep import WORKSHOP, account_all
from bot.usecases.timetable.wanted import Wanted


def lessons(known: Known) -> None:
    """From now on it is looked every day whether a lesson opens. Somebody without hours of their
    own finds the lessons in the menu. Idempotent."""
    member = known.member
    quiet = quiet_of(member) if member is not None else None
    hours = hours_of(member, quiet) if member is not None else []
    if not hours:
        return
    if all(each.name != WORKSHOP for each in account_all(known)):
        resume(known, Wanted(WORKSHOP, WORKSHOP, FixedTime(at=hours[-1])), quiet)


def no_lessons(known: Known) -> None:
    """No workshop runs any more."""
    for each in account_all(known):
        if each.purpose == WORKSHOP:
            end(known, each)
