"""In the chat: what an entry says together with those before it, and whom it reaches."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.store import alerts
from tests.usecases.chat import Chat
from tests.usecases.test_checkins import LIBRARY, _through

Open = Callable[..., Chat]
LOG = ("Skip", "Out of nowhere", "Done", "No", "Only log it", "8", "I let it pass", "10")


@pytest.fixture
def maya(chat: Open) -> Chat:
    """Maya's chat with everything that is shipped."""
    return chat(*LIBRARY.exercises.values())


def _reasons(maya: Chat) -> list[str]:
    """Why the therapist was told."""
    found: list[str] = []

    def look(session: Session) -> None:
        newest = alerts.newest_of(session, maya.person(session).id)
        if newest is not None:
            detail = alerts.detail_of(session, maya.kit.vault, newest)
            found.extend(each.reason for each in detail.items)

    maya.run(look)
    return found


def test_a_craving_so_strong_twice_in_a_day(maya: Chat) -> None:
    """The first one is hers; the second within a day is said to her and marked for the therapist,
    and offers to surf and to call somebody."""
    _through(maya, "sud.craving", "8", *LOG)
    assert "twice within a day" not in maya.last
    assert _reasons(maya) == []
    maya.pass_time(timedelta(hours=23))
    _through(maya, "sud.craving", "9", *LOG)
    told = [each.text for each in maya.messages if "twice within a day" in each.text]
    assert len(told) == 1
    assert "Surfing an urge" in told[0]
    assert _reasons(maya) == ["sud.craving: craving_twice"]
    maya.pass_time(timedelta(hours=1))
    _through(maya, "sud.craving", "9", *LOG)
    assert len(_reasons(maya)) == 1


def test_a_day_later_is_not_twice(maya: Chat) -> None:
    """More than a day apart, two strong cravings are two waves that were ridden."""
    _through(maya, "sud.craving", "9", *LOG)
    maya.pass_time(timedelta(hours=25))
    _through(maya, "sud.craving", "9", *LOG)
    assert _reasons(maya) == []


def test_body_basics_show_the_week(maya: Chat) -> None:
    """A mark for each of the last seven days; nothing is said of days without an entry."""
    _through(maya, "er.please", "Yes", "Yes", "5", "Yes", "8", "7", "20")
    assert "The last seven days: ······●" in maya.last


def test_small_things_that_lifted_the_mood(maya: Chat) -> None:
    """From the third entry on, the one that lifted most is named in her own words."""
    for what, before, after in (("a walk", "3", "4"), ("music", "2", "6"), ("tea <3", "4", "5")):
        _through(maya, "cbt.ba_log", what, "I did it", before, after, "5", "5", "Skip")
    assert "your mood rose by 2 on average" in maya.last
    assert "It lifted you most: <b>music</b> (+4)" in maya.last
    assert "two weeks, 2 times" not in maya.last
