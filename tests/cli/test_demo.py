"""The demo shows two phones in two zones."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cli.demo import PLACES, east_of

SUMMER, WINTER = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("now", [SUMMER, WINTER])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Madrid", *PLACES[:-1]])
def test_leo_is_asked_before_maya(zone: str, now: datetime) -> None:
    """Wherever the laptop is, the next half past eight there has brought both their eight
    o'clocks, and they are not the same moment."""
    here, there = ZoneInfo(zone), ZoneInfo(east_of(zone, now))
    tomorrow = now.astimezone(here).date() + timedelta(days=1)
    maya = datetime.combine(tomorrow, time(8), tzinfo=here)
    leo = datetime.combine(tomorrow, time(8), tzinfo=there)
    assert leo.astimezone(UTC) < maya.astimezone(UTC)
