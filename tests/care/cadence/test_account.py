"""What became of each date, and whether the clock can be believed."""

from datetime import date, timedelta

import pytest

from bot.care.cadence import (
    Beat,
    Day,
    Facts,
    Outcome,
    Pause,
    Trust,
    Why,
    account,
    trust,
    trust_again,
)
from tests.care.cadence.plans import PLAIN, TUESDAY, at, plan, utc

DAY = timedelta(days=1)
SATURDAY = utc("2026-03-07T08:30")


def test_a_week_with_its_outcomes() -> None:
    """Stored outcomes stand; what nobody decided is ours; today is still open."""
    known = [
        Day(TUESDAY, Outcome.SENT),
        Day(TUESDAY, Outcome.EXPIRED, Why.LATE),
        Day(TUESDAY + DAY, Outcome.SKIPPED, Why.DONE),
        Day(TUESDAY + 2 * DAY, Outcome.EXPIRED, Why.BUSY),
    ]
    found = account(PLAIN, Facts(), known, TUESDAY, TUESDAY + 5 * DAY, SATURDAY)
    assert [(day.local_date.day, day.outcome, day.why) for day in found] == [
        (3, Outcome.SENT, None),
        (4, Outcome.SKIPPED, Why.DONE),
        (5, Outcome.EXPIRED, Why.BUSY),
        (6, Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN),
        (7, Outcome.OPEN, None),
        (8, Outcome.OPEN, None),
    ]


def test_dates_on_which_nothing_was_wanted_are_not_ours() -> None:
    """A pause that nobody rang through is skipped, not missed."""
    pause = Pause(since=TUESDAY, until=TUESDAY + 2 * DAY)
    found = account(PLAIN, Facts(pause=pause), [], TUESDAY, TUESDAY + 2 * DAY, SATURDAY)
    assert [day.outcome for day in found] == [
        Outcome.SKIPPED,
        Outcome.SKIPPED,
        Outcome.MISSED_SYSTEM,
    ]


def test_a_time_that_a_clock_change_moved_into_the_night_expires() -> None:
    """02:30 with quiet hours from three on does not exist that day, and 03:30 is quiet."""
    night = plan(
        anchor=at("02:30"), zone="America/New_York", quiet={"start": "03:00", "end": "09:00"}
    )
    sunday = date(2026, 3, 8)
    found = account(night, Facts(), [], sunday, sunday, utc("2026-03-09T00:00"))
    assert found == (Day(sunday, Outcome.EXPIRED, Why.QUIET),)


NOW = utc("2026-03-03T08:00")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("wall", "may_send"),
    [
        # Seconds between beats on the wall; the steady clock always counts 15.
        ([15, 15], [True, True]),
        ([100, 15], [True, True]),
        ([15 + 121, 15, 15], [False, True, True]),
        ([15 - 121, 15], [False, True]),
        ([3700, 15, 15], [False, False, True]),
        ([25 * 3600, 15, 15], [False, False, True]),
        ([-7200, 15, 15], [False, True, True]),
        ([3700, -3600, 15], [False, False, True]),
        ([200, 200, 200, 15], [False, False, False, True]),
    ],
)
def test_a_clock_that_jumps_is_not_believed_at_once(wall: list[int], may_send: list[bool]) -> None:
    """A step costs one beat; a leap ahead must be confirmed by two steady ones."""
    seen, at_wall = Trust(Beat(NOW, 0.0)), NOW
    answers = []
    for number, seconds in enumerate(wall, start=1):
        at_wall += seconds * SECOND
        seen = trust(seen, Beat(at_wall, 15.0 * number))
        answers.append(seen.may_send)
    assert answers == may_send


@pytest.mark.parametrize(
    ("own", "last", "waits"),
    [
        (None, None, 0),
        ((60, 100), None, 0),  # an hour away, by both clocks
        ((120, 3_600), None, 2),  # two hours by the wall, 100 s by the steady clock: a leap ahead
        ((1, 100), None, 1),  # the other way round: it was put back
        ((60, 9_000), 60, 0),  # the machine was started anew: only the wall can be held to it
        (None, 30 * 60, 0),
        (None, -1, 0),
        (None, -60, 1),
    ],
)
def test_the_clock_after_a_restart(
    own: tuple[int, float] | None, last: int | None, waits: int
) -> None:
    """What was written down before tells a clock that was put wrong meanwhile from a long night.
    `own` and `last` are minutes ago; the steady clock now shows 3,700 seconds."""
    kept = None if own is None else Beat(NOW - own[0] * 60 * SECOND, own[1])
    before = None if last is None else Beat(NOW - last * 60 * SECOND, 50_000)
    assert trust_again(kept, before, Beat(NOW, 3_700)).waits == waits


def test_a_clock_put_back_asks_for_new_plans() -> None:
    """Moments worked out by a clock that was ahead would come too late."""
    seen = trust(Trust(Beat(NOW, 0.0)), Beat(NOW - timedelta(hours=2), 15.0))
    assert seen.jumped_back
    assert not trust(seen, Beat(seen.beat.wall + 15 * SECOND, 30.0)).jumped_back
