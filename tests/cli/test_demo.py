"""What is ready when somebody tries the demo."""

from pathlib import Path

from sqlmodel import Session

from bot.cli.demo import _enrol_cast, settings_for
from bot.store import groups, pairs, people
from bot.usecases.pairs.candidates import refresh
from bot.usecases.scene import Scene
from bot.wiring import House


def test_a_pair_waits_for_dr_rivera(tmp_path: Path) -> None:
    """The rules propose Maya and Leo, because they check in at the same hours."""
    house = House(settings_for(tmp_path, "http://127.0.0.1:9"))

    def look(session: Session) -> list[tuple[str, ...]]:
        _enrol_cast(house, session)
        rivera = people.find(session, house.kit.vault, 1003)
        assert rivera is not None
        scene = Scene(session, house.kit, rivera, house.clock(), "test")
        found = refresh(scene, groups.groups(session)[0])
        names = [pairs.alias_of(session, house.kit.vault, each) for each in found[0].people]
        return [tuple(sorted(names)), found[0].reasons]

    try:
        assert house.database.call(look) == [("Colibrí", "Heron"), ("hours.2",)]
    finally:
        house.closing.close()
