"""No story depends on when it is told: all begin at the same hour, whatever the clocks do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import ZONE, until_ten
from tests.demo_house import to_noon

HOURS = [datetime(2026, 11, 28, 23, 30, tzinfo=UTC) + timedelta(hours=each) for each in range(8766)]
"""Of a year; the clocks are changed twice in it."""


@pytest.mark.parametrize(("wait", "hour"), [(until_ten, 10), (to_noon, 12)])
def test_every_story_begins_at_its_hour(wait: Callable[[datetime], float], hour: int) -> None:
    """Also in the week in which the clocks are changed: it began an hour early or late."""
    begins = [(now + timedelta(seconds=wait(now))).astimezone(ZoneInfo(ZONE)) for now in HOURS]
    assert {(each.hour, each.minute) for each in begins} == {(hour, 0)}
    assert all(timedelta(0) <= begun - now for now, begun in zip(HOURS, begins, strict=True))
