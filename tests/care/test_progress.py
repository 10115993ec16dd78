"""Weeks as a person lives them, and what helped, with how often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.care.feedback import Shift
from bot.care.progress import Best, Practice, by_exercise, progress

NOW = datetime(2026, 4, 8, 12, 0, tzinfo=UTC)
"""A Wednesday; the clocks in Madrid went forward on 29 March 2026."""


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _fell(exercise: str, before: int, after: int, *, high: int = 100) -> Practice:
    return Practice(exercise, NOW, Shift("", before, after, 0, high))


def _weeks(zone: str, *moments: str) -> dict[date, int]:
    practices = [Practice("cbt.thought5", _at(moment)) for moment in moments]
    return {monday: count for monday, count in progress(practices, zone, NOW).weeks if count}


def test_eight_weeks_up_to_this_one() -> None:
    """The picture always has eight Mondays, the last one that of this week."""
    weeks = progress([], "UTC", NOW).weeks
    assert [monday for monday, _ in weeks] == [
        date(2026, 2, 16) + timedelta(weeks=week) for week in range(8)
    ]
    assert weeks[-1] == (date(2026, 4, 6), 0)


@pytest.mark.parametrize(
    ("zone", "moment", "monday"),
    [
        ("UTC", "2026-04-06T00:00", date(2026, 4, 6)),
        ("UTC", "2026-04-05T23:59", date(2026, 3, 30)),
        ("Europe/Madrid", "2026-03-29T21:59", date(2026, 3, 23)),
        ("Europe/Madrid", "2026-03-29T22:00", date(2026, 3, 30)),
        ("Europe/Madrid", "2026-03-22T22:59", date(2026, 3, 16)),
        ("Europe/Madrid", "2026-03-22T23:00", date(2026, 3, 23)),
        ("America/Los_Angeles", "2026-04-06T06:59", date(2026, 3, 30)),
        ("America/Los_Angeles", "2026-04-06T07:00", date(2026, 4, 6)),
        ("Pacific/Auckland", "2026-04-05T11:59", date(2026, 3, 30)),
        ("Pacific/Auckland", "2026-04-05T12:00", date(2026, 4, 6)),
    ],
)
def test_a_week_begins_on_the_persons_own_monday(zone: str, moment: str, monday: date) -> None:
    """Midnight is where the person lives, also in the week in which the clocks change."""
    assert _weeks(zone, moment) == {monday: 1}


def test_what_lies_before_the_first_monday_is_left_out() -> None:
    """Sunday before the eight weeks does not count, the Monday does."""
    assert _weeks("UTC", "2026-02-15T23:59", "2026-02-16T00:00") == {date(2026, 2, 16): 1}


def test_several_on_one_day_are_one_day() -> None:
    """Exercises and days are counted apart, days on the person's own calendar."""
    practices = [
        Practice("a.bb", _at("2026-04-07T21:00")),
        Practice("a.bb", _at("2026-04-07T23:00")),
        Practice("a.bb", _at("2026-04-07T08:00")),
    ]
    in_utc, in_madrid = (progress(practices, zone, NOW) for zone in ("UTC", "Europe/Madrid"))
    assert (in_utc.total, in_utc.days) == (3, 1)
    assert (in_madrid.total, in_madrid.days) == (3, 2)


def test_points_come_in_order_and_in_points_of_100() -> None:
    """Every rated exercise is a pair of points, whatever scale it was asked on."""
    late = Practice("b.bb", NOW, Shift("", 8, 6, 0, 10))
    early = Practice("a.bb", NOW - timedelta(days=2), Shift("sad", 3, 1, 1, 5))
    unrated = Practice("c.cc", NOW)
    points = progress([late, unrated, early], "Europe/Madrid", NOW).points
    assert [(point.before, point.after) for point in points] == [(50, 0), (80, 60)]
    assert [point.at.utcoffset() for point in points] == [timedelta(hours=2)] * 2


@pytest.mark.parametrize(
    ("practices", "best"),
    [
        ([], None),
        ([Practice("a.aa", NOW)], None),
        ([_fell("a.aa", 50, 50)], None),
        ([_fell("a.aa", 50, 90)], None),
        ([_fell("a.aa", 80, 50)], Best("a.aa", 30, 1)),
        ([_fell("a.aa", 8, 5, high=10)], Best("a.aa", 30, 1)),
        ([_fell("a.aa", 80, 50), _fell("a.aa", 80, 70)], Best("a.aa", 20, 2)),
        ([_fell("a.aa", 80, 50), _fell("b.bb", 80, 40)], Best("b.bb", 40, 1)),
        (
            [_fell("a.aa", 80, 60), _fell("a.aa", 80, 60), _fell("b.bb", 80, 10)],
            Best("a.aa", 20, 2),
        ),
        (
            [_fell("a.aa", 50, 60), _fell("a.aa", 50, 50), _fell("b.bb", 80, 70)],
            Best("b.bb", 10, 1),
        ),
    ],
)
def test_what_helped_most(practices: list[Practice], best: Best | None) -> None:
    """The highest mean fall with its n; twice or more goes before once; a rise never helped."""
    assert progress(practices, "UTC", NOW).best == best


def test_everything_that_helped_in_order() -> None:
    """What was done twice comes before what was done once; what did not help is left out."""
    practices = [
        *(_fell("a.aa", 80, 60), _fell("a.aa", 80, 60)),
        *(_fell("b.bb", 80, 20), _fell("c.cc", 50, 50)),
        *(_fell("d.dd", 80, 50), _fell("d.dd", 80, 50)),
    ]
    order = [Best("d.dd", 30, 2), Best("a.aa", 20, 2), Best("b.bb", 60, 1)]
    assert by_exercise(practices) == order
