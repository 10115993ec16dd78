"""Why an answer counts is told to staff in words, whichever exercise raised it."""

from pathlib import Path

import pytest

from bot.catalog.load import read_library
from bot.catalog.load_measures import read_measures
from bot.catalog.measure import Measure
from bot.messages.words import Words

WORDS = Words(Path("prompts"))
EXERCISES = read_library(Path("exercises")).exercises.values()
KNOWN = read_measures(Path("exercises/measures")).known.values()
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
