"""My toolbox and /urge: one's own numbers, two things at once, ten minutes together."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.catalog.load import read_library
from bot.usecases.incoming import Command
from tests.usecases.chat import SETTINGS, Chat

SHIPPED = tuple(read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises.values())
Open = Callable[..., Chat]


def _labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.messages[-1].buttons for button in row]


def _breathe(maya: Chat, before: str, after: str) -> None:
    """A minute of paced breathing with these ratings."""
    maya.give(Command("menu"))
    maya.press("I want to feel steady")
    maya.press("Paced breathing")
    maya.press_exactly("No")
    maya.press_exactly(before)
    maya.press("1 minute")
    maya.pass_time(timedelta(minutes=2))
    maya.press_exactly(after)


def _stop(maya: Chat, before: str, after: str) -> None:
    """The STOP skill with these ratings."""
    maya.give(Command("menu"))
    maya.press("I want to feel steady")
    maya.press("Stop for a moment")
    maya.press_exactly(before)
    maya.pass_time(timedelta(minutes=1))
    maya.press_exactly("Skip")
    maya.press("Leave")
    maya.press_exactly(after)


def test_it_is_empty_and_says_how_it_fills(chat: Open) -> None:
    """One tap from the menu; no made-up numbers."""
    maya = chat(*SHIPPED)
    maya.press("Menu")
    maya.press("⭐ My toolbox")
    assert "It fills by itself" in maya.last


def test_the_order_changes_after_a_rating(chat: Open) -> None:
    """What helped more moves up; once is called once."""
    maya = chat(*SHIPPED)
    _breathe(maya, "7", "5")
    maya.give(Command("toolbox"))
    assert "• Paced breathing: 20 points lower, 1 time\n" in f"{maya.last}\n"
    maya.give(Command("urge"))
    assert "by your own ratings (0 to 100)" in maya.last  # she rated on 0 to 10
    _stop(maya, "8", "3")
    maya.give(Command("toolbox"))
    assert [each.split(" ·")[0] for each in _labels(maya)[:2]] == [
        *("Stop for a moment", "Paced breathing")
    ]
    _breathe(maya, "9", "1")
    _breathe(maya, "9", "1")
    maya.give(Command("toolbox"))
    assert "• Paced breathing: 60 points lower on average, 3 times" in maya.last
    assert _labels(maya)[0].startswith("Paced breathing")


def test_something_is_kept_on_top(chat: Open) -> None:
    """Pinned before it was ever done, in Spanish too; a second tap lets it go."""
    maya = chat(*SHIPPED)
    maya.give(Command("language"))
    maya.press("Español")
    maya.give(Command("toolbox"))
    maya.press("📌 Dejar algo arriba")
    maya.press("Cinco sentidos")
    assert "📌 Cinco sentidos" in maya.last
    assert "todavía sin números" in maya.last
    maya.press("📌 Dejar algo arriba")
    maya.press("📌 Cinco sentidos")
    assert "Se llena sola" in maya.last


def test_an_urge_with_nobodys_data(chat: Open) -> None:
    """Urge surfing and paced breathing, each with its own safety question; help is one tap away."""
    maya = chat(*SHIPPED)
    maya.give(Command("urge"))
    labels = [each.split(" ·")[0] for each in _labels(maya)]
    assert labels == [
        *("Surfing an urge", "Paced breathing", "Log it and wait"),
        *("Something else", "🛟 Help me now", "Menu"),
    ]
    maya.press("Surfing an urge")
    assert "First your body" in maya.last


def test_a_tool_then_how_strong_now_then_ten_minutes(chat: Open) -> None:
    """After the tool it is asked once how strong the urge is now; the craving log does the rest."""
    maya = chat(*SHIPPED)
    maya.say("such a craving")
    maya.press("Paced breathing")
    maya.press_exactly("No")
    maya.press_exactly("8")
    maya.press("1 minute")
    maya.pass_time(timedelta(minutes=2))
    maya.press_exactly("6")
    assert "how strong is it now?" in maya.last
    maya.press("Log it and wait")
    assert "How strong is it right now?" in maya.last
    maya.press_exactly("7")
    maya.press_exactly("Skip")
    maya.press("Boredom")
    maya.press_exactly("Done")
    maya.press_exactly("No")
    maya.press("What I see and hear")
    maya.pass_time(timedelta(minutes=11))
    assert "And how strong is it now?" in maya.last
    maya.press_exactly("3")
    maya.press("I let it pass")
    maya.press_exactly("10")
    assert not [each for each in maya.messages if "And the urge" in each.text][1:]
    maya.give(Command("toolbox"))
    assert "• Riding out a craving: 40 points lower, 1 time" in maya.last


@pytest.mark.parametrize("typed", ["7", "7/10", "like a seven", "70%"])
def test_how_strong_it_is_now_may_be_typed(chat: Open, typed: str) -> None:
    """The question got “I can’t answer in words of my own”; a number begins the log with it."""
    maya = chat(*SHIPPED)
    maya.give(Command("urge"))
    _breathe(maya, "8", "6")
    assert "how strong is it now?" in maya.last
    maya.say(typed)
    assert "at its worst" in maya.last
    maya.press_exactly("Stop")
    maya.say(typed)
    assert "at its worst" not in maya.last


def test_other_words_below_it_are_what_they_are(chat: Open) -> None:
    """A button typed is that button, and a number below another exercise is for that one."""
    maya = chat(*SHIPPED)
    maya.give(Command("urge"))
    _breathe(maya, "8", "6")
    maya.say("it has passed")
    assert "What would help right now?" in maya.last
    maya.press("I feel anxious")
    maya.press("Paced breathing")
    maya.press_exactly("No")
    maya.say("7")
    assert "at its worst" not in maya.last


def test_own_tools_come_first(chat: Open) -> None:
    """What helped this person stands before what helps many, with its number."""
    maya = chat(*SHIPPED)
    _stop(maya, "8", "3")
    maya.give(Command("urge"))
    assert "• Stop for a moment: 50 points lower, 1 time" in maya.last
    labels = [each.split(" ·")[0] for each in _labels(maya)[:2]]
    assert labels == ["Stop for a moment", "Surfing an urge"]


def test_an_hour_later_nothing_asks_about_it(chat: Open) -> None:
    """/urge is forgotten by itself, and an exercise done later is just that."""
    maya = chat(*SHIPPED)
    maya.give(Command("urge"))
    maya.pass_time(timedelta(hours=2))
    _breathe(maya, "7", "5")
    assert not [each for each in maya.messages if "And the urge" in each.text]


@pytest.mark.parametrize("hidden", ["sud.surf", "breath.paced"])
def test_what_is_not_offered_gives_way(chat: Open, hidden: str) -> None:
    """Where one of the two is hidden from somebody, the next one stands in for it."""
    maya = chat(*(each for each in SHIPPED if each.id != hidden))
    maya.give(Command("urge"))
    labels = [each.split(" ·")[0] for each in _labels(maya)]
    assert "Five senses, here and now" in labels[:2]
