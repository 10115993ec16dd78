"""The people who are made up for the demo: what they leave is what a group at work would leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.care.cadence import Outcome
from bot.care.group_ring import GroupRing
from bot.care.risk import Tier, screen
from bot.cli.demo import _enrol_cast, settings_for
from bot.cli.made_up import year
from bot.cli.made_up.leo import LEO
from bot.cli.made_up.maya import MAYA
from bot.cli.made_up.others import OTHERS
from bot.cli.made_up.story import DAYS, Story
from bot.cli.made_up.year import Size
from bot.store import (
    alerts,
    assignments,
    attendance,
    audit,
    board,
    brought,
    dues,
    groups,
    members,
    occurrences,
    pairs,
    past_runs,
    promises,
    staff_scores,
    tables,
)
from bot.store.board import State
from bot.store.promises import End
from bot.store.runs import StoredRun
from bot.usecases import group_ring
from bot.usecases.assign import due_day
from bot.usecases.scene import Scene
from bot.wiring import Clock, House

THURSDAY = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
"""In the middle of the group's session."""
NOONS = [
    THURSDAY,
    datetime(2026, 11, 27, 0, 10, tzinfo=UTC),
    datetime(2026, 3, 30, 8, 5, tzinfo=UTC),
    datetime(2026, 7, 5, 22, 40, tzinfo=UTC),
]


@contextmanager
def a_house(folder: Path, now: datetime, zone: str = "Europe/Madrid") -> Iterator[House]:
    """A demo's house whose clock stands at a moment."""
    clock = Clock(lambda: now - Clock()())
    house = House(settings_for(folder, "http://127.0.0.1:9", zone), clock)
    try:
        yield house
    finally:
        house.closing.close()


def words_of(story: Story) -> list[str]:
    """Everything a made-up person wrote."""
    answers = [value for told in story.told for value in told.answers.values()]
    listed = [each for value in answers if isinstance(value, tuple) for each in value]
    written = [*listed, *(value for value in answers if isinstance(value, str))]
    lines = [line.text for line in story.lines]
    return [*written, *lines, story.brought, *(story.promises or ())]


def test_nobody_made_up_says_what_should_have_raised_an_alert(tmp_path: Path) -> None:
    """Their words did not pass the risk screen on their way in, so they must be harmless to it."""
    with a_house(tmp_path, THURSDAY) as house:
        found = [
            each
            for story in (MAYA, LEO, *OTHERS)
            for each in words_of(story)
            if screen(each, house.kit.rules).tier is not Tier.NONE
        ]
    assert found == []
    for story in (MAYA, LEO, *OTHERS):
        assert len(story.mood) == len(story.day) == len(story.sleep) == DAYS + 1


@pytest.mark.parametrize("now", NOONS, ids=str)
def test_two_weeks_lie_behind_the_group(tmp_path: Path, now: datetime) -> None:
    """At whatever hour the demo starts: nothing is late, nothing waits to be sent, every date that
    has passed has an outcome, and it was our fault only while we say that we were down."""

    def look(session: Session) -> None:
        _enrol_cast(house, session)
        vault, group = house.kit.vault, groups.groups(session)[0]
        assert audit.verify(session) is None
        assert dues.ripe(session, house.clock()) == []
        count = select(func.count()).select_from(tables.outbox)
        assert session.connection().execute(count).scalar_one() == 0
        by_alias = {each.alias: each for each in members.of_group(session, vault, group.id)}
        assert set(by_alias) == {story.alias for story in (MAYA, LEO, *OTHERS)}
        for member in by_alias.values():
            first = (now - timedelta(days=DAYS + 3)).date()
            told = occurrences.from_date(session, member.person, first)
            missed = [each for each in told if each.outcome is Outcome.MISSED_SYSTEM]
            assert len(told) > 2 * DAYS
            assert len(missed) <= 2
            assert all(run.run.is_open is False for run in _runs(house, session, member.person))
        maya = by_alias[MAYA.alias].person
        kinds = {run.run.exercise for run in _runs(house, session, maya)}
        assert {"cbt.thought7", "sud.craving", "breath.paced", "check.core", "safe.plan"} <= kinds
        day = due_day(session, group, now)
        assert [each.exercise for each in brought.of_session(session, group.id, day)] == [
            "cbt.thought7"
        ]
        assert len(staff_scores.of_person(session, vault, maya)) == 2
        assert len(attendance.dates(session, maya, (now - timedelta(days=20)).date())) >= 1

    with a_house(tmp_path, now) as house:
        house.database.call(look)


def _runs(house: House, session: Session, person: object) -> list[StoredRun]:
    return past_runs.history(session, house.kit.vault, person, limit=200, ended=True)  # type: ignore[arg-type] # an id out of a set


def test_the_therapist_has_something_to_do_and_to_read(tmp_path: Path) -> None:
    """A line that waits, an alert that was closed with a note, this week's exercise, promises kept
    and open, a figure over five and more people; one of them lets nobody read, one is quiet."""

    def look(session: Session) -> None:
        _enrol_cast(house, session)
        vault, group = house.kit.vault, groups.groups(session)[0]
        assert len(board.of_groups(session, vault, [group.id], State.HELD)) == 2
        assert len(board.of_groups(session, vault, [group.id], State.APPROVED)) == 2
        assert len(board.of_groups(session, vault, [group.id], State.SHOWN)) == 3
        given = assignments.of_group(session, group.id, THURSDAY.date())
        assert [each.exercise for each in given] == ["cbt.thought7"]
        people = {each.alias: each.person for each in members.of_group(session, vault, group.id)}
        alert = alerts.newest_of(session, people["Wren"])
        assert alert is not None
        assert alert.is_closed
        pair = pairs.live_of(session, people["Wren"])
        assert pair is not None
        assert pair.state.value == "active"
        assert pair.partner_of(people["Wren"]) == people["Finch"]
        ends = [each.state for each in promises.of_person(session, vault, people["Wren"])]
        assert ends == [End.DONE, End.OPEN]
        person = house.kit.vault, people["Egret"]
        assert len(past_runs.history(session, *person, limit=50)) < 12
        scene = _scene(house, session, people["Wren"])
        assert group_ring.of_group(scene, group.id) == GroupRing(5, 6)

    with a_house(tmp_path, THURSDAY) as house:
        house.database.call(look)


def _scene(house: House, session: Session, person: object) -> Scene:
    from bot.store import people

    found = people.look(session, person)  # type: ignore[arg-type] # as above
    assert found is not None
    return Scene(session, house.kit, found, house.clock(), "test")


def test_a_year_is_made_the_same_again(tmp_path: Path) -> None:
    """The same seed gives the same entries; another one does not; nothing is due or queued."""
    size = Size(people=11, days=15)

    def made(folder: str, size: Size, now: datetime) -> tuple[list[object], year.Made]:
        with a_house(tmp_path / folder, now) as house:
            groups_made = house.database.call(lambda session: _enrol_cast(house, session, size))
            done: list[int] = []
            there = year.bring_in(
                *(house.database, house.kit, size, groups_made, house.clock()),
                lambda: done.append(1),
            )
            assert len(done) == size.people
            assert house.database.call(lambda session: dues.ripe(session, now)) == []
            return house.database.call(lambda session: _answers(house, session)), there

    noon = THURSDAY.replace(hour=12)
    one, there = made("one", size, noon)
    assert there.entries >= size.people * (size.days - 1)
    assert made("two", size, noon) == (one, there)
    assert made("three", Size(people=11, days=15, seed=8), THURSDAY)[0] != one


def _answers(house: House, session: Session) -> list[object]:
    """What everybody of the generated groups answered; the minute of it is a matter of chance."""
    told: list[object] = []
    for group in groups.groups(session):
        if group.name.startswith("Group"):
            for member in members.of_group(session, house.kit.vault, group.id):
                told += sorted(
                    (str(member.alias), each.run.exercise, str(each.run.answers))
                    for each in _runs(house, session, member.person)
                )
    return told
