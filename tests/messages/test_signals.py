"""Why an answer counts is told to staff in words, whichever exercise raised it."""

import pytest

from bot.catalog.load import read_library
from bot.catalog.load_measures import read_measures
from bot.catalog.measure import Measure
from bot.config import Settings
from bot.messages.words import Words

SETTINGS = Settings()
EXERCISES = read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises.values()
KNOWN = read_measures(SETTINGS.measures_dir, SETTINGS.cache).known.values()
WORDS = Words(SETTINGS.prompts_dir, SETTINGS.cache)
SIGNALS = sorted(
    {
        *(signal.reason for each in EXERCISES for signal in each.signals),
        *(sign.reason for each in KNOWN if isinstance(each, Measure) for sign in each.signals),
    }
)


@pytest.mark.parametrize("language", WORDS.languages)
@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_has_words(signal: str, language: str) -> None:
    """No therapist reads a code when somebody may be in danger."""
    assert " " in WORDS.word(language, f"signals.{signal}")
