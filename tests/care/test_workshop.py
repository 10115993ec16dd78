"""When a lesson opens: each rule as a table, without a clock and without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.care.workshop import Standing, ended_since, first_date, opens
from bot.catalog.workshop import Opens

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize("rule", [None, *Opens])
def test_the_first_lesson_waits_for_nothing(rule: Opens | None) -> None:
    """Nothing has opened yet, so whatever stands there, it opens."""
    assert opens(rule, Standing(), MONDAY)


@pytest.mark.parametrize(
    ("rule", "days", "opened"),
    [
        (Opens.NEXT_DAY, 0, False),
        (Opens.NEXT_DAY, 1, True),
        (Opens.NEXT_DAY, 5, True),
        (Opens.TUESDAY, 0, False),
        (Opens.TUESDAY, 1, True),
        (Opens.SUNDAY, 5, False),
        (Opens.SUNDAY, 6, True),
        (Opens.SUNDAY, 8, True),
        (Opens.MONDAY, 0, False),
        (Opens.MONDAY, 6, False),
        (Opens.MONDAY, 7, True),
        (Opens.AFTER_PREVIOUS, 9, False),
        (Opens.AFTER_SESSION, 9, False),
    ],
)
def test_days_after_the_lesson_before(rule: Opens, days: int, opened: bool) -> None:
    """The lesson before opened on a Monday; who was away opens it later, never sooner."""
    assert opens(rule, Standing(MONDAY), MONDAY + days * DAY) is opened


@pytest.mark.parametrize(
    ("rule", "standing", "opened"),
    [
        (Opens.AFTER_PREVIOUS, Standing(MONDAY, is_done=True), True),
        (Opens.AFTER_PREVIOUS, Standing(MONDAY, session_since=True), False),
        (Opens.AFTER_SESSION, Standing(MONDAY, session_since=True), True),
        (Opens.AFTER_SESSION, Standing(MONDAY, is_done=True), False),
        (Opens.NEXT_DAY, Standing(MONDAY, is_done=True, session_since=True), False),
    ],
)
def test_what_has_to_happen_first(rule: Opens, standing: Standing, opened: bool) -> None:
    """On the same day: the exercise, the session, and neither in place of the other."""
    assert opens(rule, standing, MONDAY) is opened


def test_first_date_is_the_day_the_rule_comes_true() -> None:
    """The date people are told is the first one on which it opens, for every day and rule."""
    for offset in range(7):
        last = MONDAY + offset * DAY
        for rule in Opens:
            if rule in (Opens.AFTER_PREVIOUS, Opens.AFTER_SESSION):
                continue
            told = first_date(rule, last)
            assert opens(rule, Standing(last), told)
            assert not opens(rule, Standing(last), told - DAY)


@pytest.mark.parametrize(
    ("since", "now", "ended"),
    [("17:00", "19:29", False), ("17:00", "19:30", True), ("19:29", "20:00", True),
     ("19:30", "23:00", False)],
)  # fmt: skip
def test_a_session_counts_once_it_is_over(since: str, now: str, ended: bool) -> None:
    """It runs from 18:00 to 19:30; a lesson opened in the middle of it counts its end."""

    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"2026-03-05T{clock}").replace(tzinfo=UTC)

    assert ended_since([at("18:00")], timedelta(minutes=90), at(since), at(now)) is ended
