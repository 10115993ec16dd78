"""Forty-one of the last forty-three: what was kept stays kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.recovery_days import OutOf, RecoveryDays, recovery_days

FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("lapses", "length", "expected"),
    [
        ((), 43, RecoveryDays(OutOf(43, 43), 43, 43)),
        ((20, 43), 43, RecoveryDays(OutOf(41, 43), 22, 0)),
        ((10,), 12, RecoveryDays(OutOf(11, 12), 9, 2)),
        ((1,), 1, RecoveryDays(OutOf(0, 1), 0, 0)),
        ((1, 2, 3), 3, RecoveryDays(OutOf(0, 3), 0, 0)),
        ((5, 5), 10, RecoveryDays(OutOf(9, 10), 5, 5)),
        ((-3, 99), 10, RecoveryDays(OutOf(10, 10), 10, 10)),
        ((), 0, RecoveryDays(OutOf(0, 0), 0, 0)),
        ((), -5, RecoveryDays(OutOf(0, 0), 0, 0)),
    ],
)
def test_a_lapse_takes_away_its_own_day_only(
    lapses: tuple[int, ...], length: int, expected: RecoveryDays
) -> None:
    """The total and the longest run stay; day n of the list is the n-th day counted."""
    days = [FIRST + (number - 1) * DAY for number in lapses]
    assert recovery_days(FIRST, days, FIRST + (length - 1) * DAY) == expected


@given(st.sets(st.integers(0, 399)), st.integers(0, 399), st.integers(0, 399))
def test_another_day_never_makes_it_less(lapses: set[int], length: int, lapse: int) -> None:
    """With each day that passes, lapse or not, the total and the longest run hold or grow."""
    days = {FIRST + number * DAY for number in lapses}
    before = recovery_days(FIRST, days, FIRST + length * DAY)
    after = recovery_days(FIRST, days, FIRST + (length + 1) * DAY)
    assert after.kept.kept >= before.kept.kept
    assert after.longest >= before.longest
    more = recovery_days(FIRST, days | {FIRST + lapse * DAY}, FIRST + length * DAY)
    assert before.kept.kept - more.kept.kept in (0, 1)
