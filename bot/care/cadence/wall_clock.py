"""Wall-clock times and the instants they stand for, by the rules of RFC 5545, section 3.3.5.

A time that the clocks jump over is read with the offset before the jump, so 02:30 becomes 03:30;
a time that comes twice means the first one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Reading(StrEnum):
    """How a wall-clock time stands on one date: once, never (a gap), or two times."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Placed:
    """A wall-clock time on a date: its instant (UTC), and what the clock on the wall shows then."""

    at: datetime
    shown: datetime
    reading: Reading


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of this time on this date, as RFC 5545 reads it."""
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """The date on the calendar on the wall there and then."""
    return at.astimezone(zone).date()


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the date was on the calendar there. (Samoa had no 30 December 2011.)"""
    return local_date(instant(day, time(0), zone), zone) == day


def placed(day: date, hour: time, zone: ZoneInfo) -> Placed:
    """The instant with what it takes to explain it."""
    at = instant(day, hour, zone)
    shown = at.astimezone(zone).replace(tzinfo=None, fold=0)
    wanted = datetime.combine(day, hour)
    if shown != wanted:
        return Placed(at, shown, Reading.NEVER)
    first, second = (wanted.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return Placed(at, shown, Reading.ONCE if first == second else Reading.TWICE)


def days(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
