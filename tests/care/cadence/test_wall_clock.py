"""Clock changes the world has seen, as tables, and a sweep through every zone there is."""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.care.cadence import Reading, days, exists, placed, zone_names
from tests.examples import LONG

ONCE, NEVER, TWICE = Reading.ONCE, Reading.NEVER, Reading.TWICE

SWEPT = (time(0, 0), time(1, 30), time(2, 30), time(23, 59))
YEAR = 2026


@pytest.mark.parametrize(
    ("zone", "wanted", "utc", "shown", "reading"),
    [
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30", "2026-03-08 03:30", NEVER),
        ("America/New_York", "2026-03-08 00:00", "2026-03-08 05:00", "2026-03-08 00:00", ONCE),
        ("America/New_York", "2026-03-09 00:00", "2026-03-09 04:00", "2026-03-09 00:00", ONCE),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", "2026-11-01 01:30", TWICE),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30", "2026-03-29 03:30", NEVER),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 02:30", TWICE),
        ("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30", "2026-10-25 01:30", TWICE),
        # Half an hour only.
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", "2026-10-04 02:45", NEVER),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", "2026-04-05 01:45", TWICE),
        # Two hours at once.
        ("Antarctica/Troll", "2026-03-29 01:30", "2026-03-29 01:30", "2026-03-29 03:30", NEVER),
        ("Antarctica/Troll", "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 02:30", TWICE),
        # The clocks jump over midnight, so that the day begins at one.
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30", "2026-04-24 01:30", NEVER),
        ("Asia/Beirut", "2026-03-29 00:15", "2026-03-28 22:15", "2026-03-29 01:15", NEVER),
        ("America/Havana", "2026-03-08 00:30", "2026-03-08 05:30", "2026-03-08 01:30", NEVER),
        ("America/Santiago", "2026-09-06 00:30", "2026-09-06 04:30", "2026-09-06 01:30", NEVER),
        ("Atlantic/Azores", "2026-03-29 00:30", "2026-03-29 01:30", "2026-03-29 01:30", NEVER),
        ("Atlantic/Azores", "2026-10-25 00:30", "2026-10-25 00:30", "2026-10-25 00:30", TWICE),
        # The last hour of a Saturday is missing: its reminder comes on Sunday by the clock.
        ("America/Nuuk", "2026-03-28 23:30", "2026-03-29 01:30", "2026-03-29 00:30", NEVER),
        ("America/Nuuk", "2026-10-24 23:30", "2026-10-25 00:30", "2026-10-24 23:30", TWICE),
        # Back an hour before Ramadan, forward again after it.
        ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30", "2026-02-15 02:30", TWICE),
        ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:30", "2026-03-22 03:30", NEVER),
        ("Africa/El_Aaiun", "2026-03-22 02:30", "2026-03-22 02:30", "2026-03-22 03:30", NEVER),
        # No clock change, but odd offsets; leap day; both ends of a year.
        ("Asia/Kathmandu", "2026-03-29 02:30", "2026-03-28 20:45", "2026-03-29 02:30", ONCE),
        ("Pacific/Chatham", "2026-09-27 02:50", "2026-09-26 14:05", "2026-09-27 03:50", NEVER),
        ("America/New_York", "2028-02-29 09:00", "2028-02-29 14:00", "2028-02-29 09:00", ONCE),
        ("Pacific/Kiritimati", "2026-12-31 23:59", "2026-12-31 09:59", "2026-12-31 23:59", ONCE),
        ("Pacific/Pago_Pago", "2027-01-01 00:00", "2027-01-01 11:00", "2027-01-01 00:00", ONCE),
    ],
)
def test_times_on_days_of_clock_changes(
    zone: str, wanted: str, utc: str, shown: str, reading: Reading
) -> None:
    """A time that is jumped over moves on by the jump; one that comes twice is the first one."""
    local = datetime.fromisoformat(wanted)
    found = placed(local.date(), local.time(), ZoneInfo(zone))
    assert found.at == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert found.shown == datetime.fromisoformat(shown)
    assert found.reading is reading


@pytest.mark.parametrize(
    ("zone", "missing"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Pacific/Enderbury", date(1994, 12, 31)),
    ],
)
def test_dates_that_never_were(zone: str, missing: date) -> None:
    """Where the date line moved, one date is missing, and those beside it are not."""
    there = ZoneInfo(zone)
    near = days(missing - timedelta(days=3), missing + timedelta(days=3))
    assert [day for day in near if not exists(day, there)] == [missing]


def _sweep(zone: ZoneInfo, year: int) -> None:
    """Every date of the year has each time once; what moved, moved by the jump of the clocks."""
    calendar = [day for day in days(date(year, 1, 1), date(year, 12, 31)) if exists(day, zone)]
    for hour in SWEPT:
        found = [placed(day, hour, zone) for day in calendar]
        for day, each in zip(calendar, found, strict=True):
            moved = each.shown - datetime.combine(day, hour)
            assert each.at.astimezone(zone).replace(tzinfo=None) == each.shown
            if each.reading is NEVER:
                just_before = (each.at - moved).astimezone(zone).utcoffset()
                after = each.at.astimezone(zone).utcoffset()
                assert just_before is not None
                assert after is not None
                assert moved == after - just_before > timedelta(0)
            else:
                assert moved == timedelta(0)
        for (day, one), (next_day, other) in pairwise(zip(calendar, found, strict=True)):
            between = other.at - one.at
            assert timedelta(hours=21) <= between <= (next_day - day) + timedelta(hours=3)


def test_every_zone_through_a_year() -> None:
    """Midnight, 01:30, 02:30 and 23:59 on each date, in one zone of each kind of rules."""
    kinds = {_rules(ZoneInfo(name)): name for name in zone_names()}
    assert {name.partition("/")[0] for name in kinds.values()} >= {"Africa", "America", "Asia"}
    for name in kinds.values():
        _sweep(ZoneInfo(name), YEAR)


@pytest.mark.skipif(not LONG, reason="part of make test-long only")
def test_every_name_through_many_years() -> None:
    """The same for all names, from 2007 to 2030."""
    for name in zone_names():
        for year in range(2007, 2031):
            _sweep(ZoneInfo(name), year)


def _rules(zone: ZoneInfo) -> tuple[object, ...]:
    """The offset on New Year and each change in the year with its minute: equal for zones alike."""
    noons = [datetime(YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(days=n - 1) for n in range(367)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    found: list[object] = [offsets[0]]
    for noon, (before, after) in zip(noons, pairwise(offsets), strict=False):
        if before != after:
            minute = bisect(
                range(1440),
                False,
                key=lambda n: (noon + timedelta(minutes=n)).astimezone(zone).utcoffset() != before,
            )
            found += [noon + timedelta(minutes=minute), after]
    return tuple(found)
