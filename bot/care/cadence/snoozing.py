"""In an hour, please: a reminder that comes back."""

from datetime import date, datetime, timedelta

from bot.care.cadence.dates import chance
from bot.care.cadence.deciding import set_aside, why_not
from bot.care.cadence.facts import Facts
from bot.care.cadence.quiet import is_quiet
from bot.care.cadence.schedule import Schedule
from bot.care.cadence.verdict import Expire, Later, Skip, Why
from bot.care.cadence.wall_clock import local_date

SNOOZE = timedelta(hours=1)
MOST = 3
LEAST = timedelta(minutes=10)
"""A reminder that could come back only sooner than this does not come back."""


def snooze(schedule: Schedule, day: date, facts: Facts, now: datetime) -> Later | Skip | Expire:
    """When the reminder of this local date comes back, or why it does not.

    In an hour; earlier when its window ends before, but never in quiet hours. `facts.snoozes` are
    those before this one.
    """
    span = chance(schedule, facts, day)
    if span is None:
        return Skip(Why.NOT_SCHEDULED)
    excuse = why_not(schedule, facts, day) or set_aside(
        schedule, facts, local_date(now, schedule.here)
    )
    if excuse is not None:
        return Skip(excuse)
    if facts.snoozes >= MOST:
        return Skip(Why.SNOOZED_OUT)
    at = min(now + SNOOZE, span.closes - timedelta(minutes=1))
    if at < now + LEAST:
        return Expire(Why.LATE)
    return Expire(Why.QUIET) if is_quiet(schedule.quiet, at, schedule.here) else Later(at)
