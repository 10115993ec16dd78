"""What several entries say together: strong cravings, body basics, what lifts a mood, skills."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.basics import DAYS, Mark, sleep_and_mood, strip
from bot.care.cravings import completes_a_pair
from bot.care.entry import Entry
from bot.care.lifts import Lifts, lifts
from bot.care.skills_used import SkillsUsed, skills_used

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def entry(back: int = 0, /, **answers: object) -> Entry:
    """An entry of so many days ago."""
    return Entry(NOON - back * DAY, TODAY - back * DAY, answers)


@pytest.mark.parametrize(
    ("ratings", "raises"),
    [
        ([], False),
        ([(0, 9)], False),
        ([(0, 8), (24, 8)], True),
        ([(0, 8), (24.1, 8)], False),
        ([(0, 8), (1, 7)], False),
        ([(0, 8), (1, 7), (2, 8)], True),
        ([(0, 9), (1, 9), (2, 9)], False),
        ([(0, 9), (1, 9), (2, 9), (3, 9)], True),
        ([(0, 9), (30, 9), (50, 9)], True),
    ],
)
def test_two_strong_cravings_within_a_day(ratings: list[tuple[float, float]], raises: bool) -> None:
    """The second one within 24 hours raises a signal; each belongs to one pair."""
    assert completes_a_pair((NOON + at * HOUR, rating) for at, rating in ratings) is raises


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 10)), unique_by=lambda x: x[0]))
def test_a_signal_takes_two_strong_ones(ratings: list[tuple[int, int]]) -> None:
    """Whatever was rated: without a second strong one in the day before, nothing is raised."""
    if completes_a_pair((NOON + at * HOUR, rating) for at, rating in ratings):
        last = max(at for at, _ in ratings)
        strong = [at for at, rating in ratings if rating >= 8 and last - at <= 24]
        assert last in strong
        assert len(strong) >= 2


def test_the_strip_of_a_week() -> None:
    """Oldest first; the newest entry of a day counts, what does not apply is no miss, and a day
    without an entry is no failure."""
    early = Entry(NOON - HOUR, TODAY, {"illness": "no"})
    told = [
        entry(0, illness="na", medication="yes", eating=4, sleep=7.5),
        early,
        entry(2, illness="no", medication="yes"),
        entry(3, medication="no", eating=1, sleep=3),
        entry(9, medication="yes"),
    ]
    none, some, every, missing = Mark.NONE, Mark.SOME, Mark.ALL, Mark.NO_ENTRY
    assert strip(told, TODAY) == (missing, missing, missing, none, some, missing, every)
    assert len(strip([], TODAY)) == DAYS


@pytest.mark.parametrize(
    ("days", "per_hour", "says"),
    [(14, 1, 1), (14, -1, -1), (13, 1, 0), (20, 0, 0)],
)
def test_sleep_and_mood_are_linked_only_where_it_shows(days: int, per_hour: int, says: int) -> None:
    """At least fourteen days and |r| of 0.4; days that are all alike say nothing."""
    sleep = {TODAY - back * DAY: 5 + back % 4 for back in range(days)}
    mood = {day: 5 + per_hour * hours for day, hours in sleep.items()}
    assert sleep_and_mood(sleep, mood) == says


def test_a_weak_link_is_not_said() -> None:
    """What is nearly chance is not told as advice."""
    sleep = {TODAY - back * DAY: float(back % 5) for back in range(20)}
    mood = {TODAY - back * DAY: float(back % 3) for back in range(20)}
    assert sleep_and_mood(sleep, mood) == 0


def _did(what: str, before: int, after: int, **more: int) -> Mapping[str, object]:
    return {"activity_now": what, "mood_before": before, "mood_after": after, **more}


def test_what_lifted_the_mood_most() -> None:
    """By the mean of each activity, however it was spelt; entries without ratings do not count."""
    told = [
        entry(1, **_did("Walk", 3, 6, pleasure=4, mastery=6)),
        entry(2, **_did("walk ", 3, 4, pleasure=4, mastery=8)),
        entry(3, **_did("music", 2, 5, pleasure=9, mastery=1)),
        entry(4, did_it="no", activity_now="gym"),
    ]
    assert lifts(told) == Lifts(3, 7 / 3, "music", 3, "music", "walk ")
    assert lifts(told[1:]) is None


def test_nothing_lifted_and_nothing_is_claimed() -> None:
    """A fortnight in which no mood rose names no best activity."""
    found = lifts([entry(back, **_did(f"a{back}", 5, 4)) for back in range(3)])
    assert found is not None
    assert (found.activity, found.lift, found.enjoyed) == ("", 0, "")


def test_the_planned_activity_has_its_name() -> None:
    """A log that follows a plan takes the name from there."""
    brought = {"activity": ("tea with Ana",), "mood_before": 2, "mood_after": 6}
    found = lifts([entry(back, **brought) for back in range(3)])
    assert found is not None
    assert found.activity == "tea with Ana"


def test_skills_of_a_week() -> None:
    """Every use counts; the best is the one that was there most when something helped."""
    told = [
        entry(1, skills=("stop", "surf"), helped="yes"),
        entry(2, skills=("surf",), helped="some"),
        entry(3, skills=("none",)),
        entry(4, skills=("facts",), helped="no"),
    ]
    assert skills_used(told) == SkillsUsed(3, 4, "surf")
    assert skills_used([entry(4, skills=("facts",), helped="no")]) == SkillsUsed(1, 1, "")
