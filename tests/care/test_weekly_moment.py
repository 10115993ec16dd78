"""A moment once a week, on a clock that is changed twice a year."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.care.weekly_moment import following, latest

MADRID = "Europe/Madrid"


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "coming"),
    [
        ("2026-03-02T06:59", "2026-02-23T07:00", "2026-03-02T07:00"),
        ("2026-03-02T07:00", "2026-03-02T07:00", "2026-03-09T07:00"),
        ("2026-03-04T12:00", "2026-03-02T07:00", "2026-03-09T07:00"),
        # The clocks go forward on 29 March: eight o'clock is an hour earlier in UTC from then on.
        ("2026-03-24T12:00", "2026-03-23T07:00", "2026-03-30T06:00"),
        ("2026-03-30T06:00", "2026-03-30T06:00", "2026-04-06T06:00"),
        # And back on 25 October.
        ("2026-10-20T12:00", "2026-10-19T06:00", "2026-10-26T07:00"),
    ],
)
def test_monday_at_eight(now: str, last: str, coming: str) -> None:
    """Always eight on the wall, whatever that is in UTC."""
    assert latest(0, time(8), MADRID, utc(now))[1] == utc(last)
    assert following(0, time(8), MADRID, utc(now)) == utc(coming)


def test_an_hour_that_is_missing_or_comes_twice() -> None:
    """02:30 on the Sundays of the changes: once each, after the gap, at the first of two."""
    before = utc("2026-03-28T12:00")
    assert following(6, time(2, 30), MADRID, before) == utc("2026-03-29T01:30")
    before = utc("2026-10-24T12:00")
    assert following(6, time(2, 30), MADRID, before) == utc("2026-10-25T00:30")


@pytest.mark.parametrize("zone", [MADRID, "America/New_York", "Pacific/Apia", "Asia/Kathmandu"])
def test_every_hour_of_a_year_lies_between_two_weeks(zone: str) -> None:
    """The last one is never ahead, the next never behind, and never more than a week lies there."""
    for hours in range(0, 365 * 24, 5):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        day, last = latest(2, time(8), zone, now)
        coming = following(2, time(8), zone, now)
        assert last <= now < coming
        assert timedelta(days=6, hours=22) < coming - last < timedelta(days=7, hours=2)
        assert isinstance(day, date)
        assert day.weekday() == 2


@pytest.mark.parametrize("weekday", range(7))
def test_over_a_date_that_is_missing(weekday: int) -> None:
    """Samoa had no 30 December 2011, a Friday: on the day after, that week's had not come yet, and
    the one before was not looked for."""
    now = utc("2011-12-31T01:00")
    day, last = latest(weekday, time(18), "Pacific/Apia", now)
    assert last <= now < following(weekday, time(18), "Pacific/Apia", now)
    assert day.weekday() == weekday
    assert now - last < timedelta(days=8)
