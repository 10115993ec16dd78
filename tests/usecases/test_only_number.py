"""Whoever says why as well is not asked for the number again, and hears what is kept."""

from collections.abc import Callable

import pytest

from bot.catalog.load import read_library
from tests.usecases.chat import SETTINGS, Chat

SENSES = read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises["mind.ground54321"]
KEPT = "I noted 8. Only the number is kept here, not the words beside it."


@pytest.fixture
def senses(chat: Callable[..., Chat]) -> Chat:
    """Maya, asked how bad it feels, from 0 to 10."""
    maya = chat(SENSES)
    maya.press("Five senses")
    return maya


@pytest.mark.parametrize("typed", ["8 because my ex called", "8, my ex called", "8\nmy ex called"])
def test_the_number_counts_and_what_is_not_kept_is_said(senses: Chat, typed: str) -> None:
    """“8 because my ex called” was met with “please tap a number”."""
    senses.say(typed)
    assert senses.last.startswith(KEPT)
    assert "5 things you can see" in senses.last


@pytest.mark.parametrize("typed", ["8", "a strong 8", "an 8, I think", "down to 8"])
def test_a_number_alone_needs_no_word(senses: Chat, typed: str) -> None:
    """Whatever only surrounds it is nothing that could be kept."""
    senses.say(typed)
    assert "Only the number" not in senses.last
    assert "5 things you can see" in senses.last


def test_a_number_off_the_scale_is_asked_for_again(senses: Chat) -> None:
    """Nothing was noted, so nothing is said of it."""
    senses.say("80, my ex called")
    assert "outside the scale" in senses.last
    assert "noted" not in senses.last


def test_danger_beside_a_number_gets_help_first(senses: Chat) -> None:
    """The card comes; the number is kept all the same, and nothing is said about figures."""
    senses.say("8 because I want to kill myself tonight")
    assert not any("Only the number" in each.text for each in senses.messages)
    senses.press("Keep going")
    assert "5 things you can see" in senses.last
