"""When quiet hours end, also on the days on which the clocks are changed."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.care.cadence import Expire, Facts, Quiet, Why, decide
from bot.care.cadence.quiet import after_quiet, is_quiet
from tests.care.cadence.plans import plan, utc


@pytest.mark.parametrize(
    ("zone", "quiet", "moment", "end"),
    [
        ("Europe/Madrid", "22:00-08:00", "2026-03-03T12:00", "2026-03-03T12:00"),
        ("Europe/Madrid", "22:00-08:00", "2026-03-03T21:00", "2026-03-04T07:00"),
        ("Europe/Madrid", "22:00-08:00", "2026-03-04T06:59", "2026-03-04T07:00"),
        ("Europe/Madrid", "22:00-08:00", "2026-03-04T07:00", "2026-03-04T07:00"),
        ("Europe/Madrid", "13:00-15:00", "2026-03-04T12:30", "2026-03-04T14:00"),
        # The night before the clocks go forward is an hour shorter.
        ("Europe/Madrid", "22:00-08:00", "2026-03-28T21:00", "2026-03-29T06:00"),
        ("Europe/Madrid", "22:00-08:00", "2026-10-24T20:00", "2026-10-25T07:00"),
        # The end does not exist: half past three instead.
        ("America/New_York", "22:00-02:30", "2026-03-08T05:00", "2026-03-08T07:30"),
        # The end comes twice: from the second pass on, the second one.
        ("America/New_York", "22:00-01:30", "2026-11-01T04:00", "2026-11-01T05:30"),
        ("America/New_York", "22:00-01:30", "2026-11-01T06:10", "2026-11-01T06:30"),
        # Nearly always quiet, and the one half hour that is not falls into the gap.
        ("America/New_York", "03:00-02:30", "2026-03-08T04:00", "2026-03-09T06:30"),
        # A whole date is missing.
        ("Pacific/Apia", "22:00-08:00", "2011-12-30T09:00", "2011-12-30T18:00"),
    ],
)
def test_the_end_of_the_quiet_hours(zone: str, quiet: str, moment: str, end: str) -> None:
    """What is not quiet stays; else the first end after it, which is never itself quiet."""
    start, _, stop = quiet.partition("-")
    hours = Quiet.model_validate({"start": start, "end": stop})
    found = after_quiet(hours, utc(moment), ZoneInfo(zone))
    assert found == utc(end)
    assert not is_quiet(hours, found, ZoneInfo(zone))


def test_a_time_that_the_clocks_move_into_the_night() -> None:
    """02:30 becomes 03:30, and from three on it is quiet for longer than the window: not sent."""
    schedule = plan(
        anchor={"kind": "fixed", "at": "02:30"},
        zone="America/New_York",
        quiet={"start": "03:00", "end": "09:00"},
    )
    verdict = decide(schedule, date(2026, 3, 8), Facts(), utc("2026-03-08T07:30"))
    assert verdict == Expire(Why.QUIET)
