"""What a partner may see of a day, so late and so coarse that no minute shows through.

Local times in, dates out. A day is looked at once, in the evening; whatever comes later on that day
shows only on the evening after it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CUT = time(21, 0)
"""The hour at which a day is looked at, on the clock of whoever shares it."""
SHOWN = 7
"""So many days are shown."""
BEFORE, LATELY = 7, 4
"""Somebody has become quieter who was here on `ACTIVE` of the `BEFORE` days and on none of the
`LATELY` days after them."""
ACTIVE = 3
AGAIN = timedelta(days=7)
"""A partner is told at most so often."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One local date: whether there was an exercise or check-in on it."""

    day: date
    was_here: bool


def last_cut(now: datetime, zone: ZoneInfo) -> datetime:
    """The last evening at which days were looked at (UTC)."""
    local = now.astimezone(zone)
    day = local.date()
    cut = datetime.combine(day, CUT, tzinfo=zone)
    if cut > local:
        cut = datetime.combine(day - timedelta(days=1), CUT, tzinfo=zone)
    return cut.astimezone(UTC)


def ticks(moments: Collection[datetime], now: datetime, zone: ZoneInfo) -> tuple[Tick, ...]:
    """The last days, oldest first, from the moments (UTC) at which something was finished."""
    return _days(moments, now, zone, SHOWN)


def has_become_quieter(moments: Collection[datetime], now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody who was often here has not been here for some days."""
    days = _days(moments, now, zone, BEFORE + LATELY)
    before, lately = days[:BEFORE], days[BEFORE:]
    was_active = sum(each.was_here for each in before) >= ACTIVE
    return was_active and not any(each.was_here for each in lately)


def may_tell(last: date | None, today: date) -> bool:
    """Whether the partner may be told of it again."""
    return last is None or today - last >= AGAIN


def _days(
    moments: Collection[datetime], now: datetime, zone: ZoneInfo, count: int
) -> tuple[Tick, ...]:
    cut = last_cut(now, zone)
    seen = {each.astimezone(zone).date() for each in moments if each < cut}
    last = cut.astimezone(zone).date()
    days = (last - timedelta(days=back) for back in reversed(range(count)))
    return tuple(Tick(day, day in seen) for day in days)
