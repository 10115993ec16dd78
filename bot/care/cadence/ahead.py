"""The next due moment of a schedule."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.care.cadence.dates import chances
from bot.care.cadence.facts import Facts
from bot.care.cadence.quiet import Quiet, after_quiet
from bot.care.cadence.schedule import Schedule
from bot.care.cadence.wall_clock import instant, local_date

FAR = timedelta(days=400)
"""Nothing further ahead is planned; whoever asks again next year gets it then."""


def next_moment(schedule: Schedule, after: datetime, facts: Facts) -> tuple[date, datetime] | None:
    """The next local date without an outcome whose time is not over, and when to look at it (UTC).

    Dates on which nothing will be sent (pause, back-off) come too: `decide` gives each of them its
    outcome, so that none vanishes. None when the schedule has ended.
    """
    return next(_coming(schedule, after, facts), None)


def next_day_at(hour: time, now: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime:
    """That time of day on the next local date, as UTC, moved on to the end of quiet hours."""
    day = local_date(now, zone) + timedelta(days=1)
    return after_quiet(quiet, instant(day, hour, zone), zone).astimezone(UTC)


def _coming(schedule: Schedule, after: datetime, facts: Facts) -> Iterator[tuple[date, datetime]]:
    # A window may reach over midnight, and a move over the date line besides.
    first = local_date(after, schedule.here) - timedelta(days=2)
    for span in chances(schedule, facts, first, first + FAR, facts.used):
        if span.closes > after:
            yield span.local_date, max(span.due, after)
