"""A moment on a person's own clock: kept as wall clock and zone, so that it stays that hour."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog.steps import Handy

_KEPT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})\[([\w+/-]+)\]")
_PRESSED = re.compile(r"w(\d{12})", re.ASCII)

_LATER = {
    Handy.IN_AN_HOUR: timedelta(hours=1),
    Handy.IN_TWO_HOURS: timedelta(hours=2),
    Handy.IN_TWO_DAYS: timedelta(days=2),
    Handy.IN_A_WEEK: timedelta(weeks=1),
    Handy.IN_TWO_WEEKS: timedelta(weeks=2),
    Handy.IN_A_MONTH: timedelta(days=30),
    Handy.JUST_NOW: timedelta(0),
    Handy.AN_HOUR_AGO: timedelta(hours=-1),
    Handy.TWO_DAYS_AGO: timedelta(days=-2),
    Handy.A_WEEK_AGO: timedelta(weeks=-1),
}
_DAY = timedelta(days=1)
_UP, _IN_BED = 8, 22
"""Hours a day is thought to have, for moments that lie more than a day ahead."""
_AT = {
    Handy.THIS_EVENING: (0, time(19)),
    Handy.TOMORROW_MORNING: (1, time(9)),
    Handy.TOMORROW_MIDDAY: (1, time(13)),
    Handy.TOMORROW_EVENING: (1, time(19)),
    Handy.THIS_MORNING: (0, time(9)),
    Handy.YESTERDAY_EVENING: (-1, time(19)),
}


def wall(now: datetime, zone: str) -> datetime:
    """What a clock on the person's wall shows, to the minute (no zone in it)."""
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


def handy(which: Handy, local: datetime) -> datetime:
    """The wall clock of a moment that has a button, seen from another wall clock."""
    if which in _LATER:
        later = local + _LATER[which]
        return _by_day(later) if _LATER[which] > _DAY else later
    days, at = _AT[which]
    return datetime.combine(local.date() + timedelta(days=days), at)


def _by_day(local: datetime) -> datetime:
    """The same date at an hour people are up: nobody means 03:05 by “in two days”."""
    if _UP <= local.hour < _IN_BED:
        return local
    return datetime.combine(local.date(), time(9 if local.hour < _UP else 19))


def kept(local: datetime, zone: str) -> str:
    """The answer: "2026-11-27T18:00[Europe/Madrid]"."""
    return f"{local:%Y-%m-%dT%H:%M}[{zone}]"


def local_of(value: object) -> datetime | None:
    """The wall clock of such an answer, None for anything else."""
    found = _KEPT.fullmatch(value) if isinstance(value, str) else None
    return datetime.fromisoformat(found[1]) if found else None


def utc_of(value: object) -> datetime | None:
    """The moment of such an answer in UTC. (An hour the clock leaps over moves on by the leap.)"""
    found = _KEPT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    local = datetime.fromisoformat(found[1]).replace(tzinfo=ZoneInfo(found[2]))
    return local.astimezone(UTC)


def for_button(local: datetime) -> str:
    """What a button carries for this wall clock."""
    return f"w{local:%Y%m%d%H%M}"


def pressed(choice: str) -> datetime | None:
    """The wall clock a button carried, None for anything else."""
    found = _PRESSED.fullmatch(choice)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], "%Y%m%d%H%M")  # noqa: DTZ007 # a wall clock has no zone
    except ValueError:
        return None
