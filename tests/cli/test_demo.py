"""What is ready when somebody tries the demo: two phones in two zones, and a pair to approve."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.cli.demo import PLACES, _enrol_cast, east_of, settings_for
from bot.store import groups, members, people
from bot.usecases.pairs.candidates import refresh
from bot.usecases.scene import Scene
from bot.wiring import House

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


def test_a_pair_waits_for_dr_rivera(tmp_path: Path) -> None:
    """The rules propose Maya and Leo, because they check in at the same hours."""
    house = House(settings_for(tmp_path, "http://127.0.0.1:9"))

    def look(session: Session) -> list[tuple[str, ...]]:
        _enrol_cast(house, session)
        rivera = people.find(session, house.kit.vault, 1003)
        assert rivera is not None
        scene = Scene(session, house.kit, rivera, house.clock(), "test")
        found = refresh(scene, groups.groups(session)[0])
        names = [members.alias_of(session, house.kit.vault, each) for each in found[0].people]
        return [tuple(sorted(names)), found[0].reasons]

    try:
        assert house.database.call(look) == [("Colibrí", "Heron"), ("hours.2",)]
    finally:
        house.closing.close()
