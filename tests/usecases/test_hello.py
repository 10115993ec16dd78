"""The morning after the help card, answered in words instead of with a button."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.catalog.load import Library, read_library
from bot.usecases.incoming import Attachment, Command
from tests.usecases.chat import SETTINGS, Chat
from tests.usecases.clockwork import CORE
from tests.usecases.theatre import MAYA, Theatre

SENSES = read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises["mind.ground54321"]


@pytest.fixture
def asked(theatre: Theatre) -> Theatre:
    """Maya was asked this morning how it is."""
    theatre.does(MAYA, "Help me now")
    theatre.passes(hours=26)
    assert "Yesterday you opened Help me now" in theatre.heard(MAYA)[-1]
    return theatre


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("A bit better.", "What helped may be worth a line"),
        ("the same", "your next session"),
        ("fatal", "Here is help again"),
        ("Rather not say", "Help me now is always below"),
    ],
)
def test_words_are_an_answer(asked: Theatre, said: str, answer: str) -> None:
    """In either language; worse brings help again, and that is all that happens."""
    before = len(asked.heard(MAYA))
    asked.does(MAYA, said)
    assert answer in "\n".join(asked.heard(MAYA)[before:])
    asked.does(MAYA, "the same")
    assert "your next session" not in asked.heard(MAYA)[-1]


def test_other_words_are_asked_once_more(asked: Theatre) -> None:
    """“Good to have you back” and twenty buttons were no answer to somebody who feels terrible."""
    asked.passes(hours=3)
    asked.does(MAYA, "well the night was long")
    assert "better, the same or worse?" in asked.heard(MAYA)[-1]
    asked.does(MAYA, "worse")
    assert "Here is help again" in "\n".join(asked.heard(MAYA)[-2:])


@pytest.mark.parametrize("said", ["worse", "peor", "fatal"])
def test_it_is_heard_below_a_number_too(chat: Callable[..., Chat], said: str) -> None:
    """A check-in came after it, and “peor” was met with “tap a number”; a number is its answer."""
    maya = chat(SENSES)
    maya.say("Help me now")
    maya.pass_time(timedelta(hours=26))
    assert "Yesterday you opened Help me now" in maya.last
    maya.pass_time(timedelta(minutes=5))
    maya.press("Five senses")
    maya.say(said)
    assert any("Here is help again" in message.text for message in maya.messages[-2:])
    maya.say("3")
    assert "2/8" in maya.last


def test_what_names_a_need_still_finds_it(asked: Theatre) -> None:
    """Whoever cannot sleep gets what helps with that."""
    asked.does(MAYA, "I can't sleep")
    assert "better, the same or worse?" not in asked.heard(MAYA)[-1]


def test_half_a_day_later_they_are_ordinary_words(asked: Theatre) -> None:
    """Nothing waits any more."""
    asked.passes(hours=13)
    asked.does(MAYA, "better")
    assert "What helped may be worth" not in asked.heard(MAYA)[-1]


def test_a_voice_note_below_an_exercise_asks_that_again(asked: Theatre) -> None:
    """For the rest of the morning it was met with “write it in a few words?” below a scale, and the
    question did not come back."""
    asked.kit = replace(asked.kit, library=Library({CORE.id: CORE}))
    asked.does(MAYA, Command("menu"))
    asked.taps(MAYA, "Check-in")
    asked.passes(minutes=1)
    asked.does(MAYA, Attachment("voice"))
    assert "You can tap an answer below" in asked.heard(MAYA)[-1]
    assert "How is it?" in asked.heard(MAYA)[-1]
