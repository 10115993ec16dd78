"""A moment that comes once a week on somebody's clock: the last one and the next one, in UTC."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.care.cadence import placed

WEEK = 7


def latest(weekday: int, hour: time, zone: str, now: datetime) -> tuple[date, datetime]:
    """The last one that is not ahead of `now`, with its local date."""
    return max(each for each in _around(weekday, hour, zone, now) if each[1] <= now)


def following(weekday: int, hour: time, zone: str, now: datetime) -> datetime:
    """The next one after `now`."""
    return min(at for _, at in _around(weekday, hour, zone, now) if at > now)


def _around(weekday: int, hour: time, zone: str, now: datetime) -> Iterator[tuple[date, datetime]]:
    there = ZoneInfo(zone)
    today = now.astimezone(there).date()
    first = today + timedelta(days=(weekday - today.weekday()) % WEEK - 2 * WEEK)
    for weeks in range(4):  # one more than looks needed: a date may be missing from the calendar
        day = first + timedelta(weeks=weeks)
        yield day, placed(day, hour, there).at
