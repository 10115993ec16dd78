"""One thing has one name, and the ends of a scale answer its question."""

import re

import pytest

from bot.catalog.load import read_library
from bot.catalog.steps import AskScale
from bot.catalog.text import said
from tests.usecases.chat import SETTINGS

LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
STRENGTH = {"en": r"\bhow strong\b", "es": r"\bqué fuerza\b"}
FREQUENCY = {"en": r"\b(time|often)\b", "es": r"\b(tiempo|veces|menudo)\b"}


def test_an_alert_has_one_name_in_spanish() -> None:
    """The pages, the chat and the mail call it “aviso”; a second word would be a second thing."""
    folder = SETTINGS.prompts_dir / "es"
    named = [
        f"{file.name}: {line.strip()}"
        for file in sorted(folder.rglob("*.*"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<!señales de )\balertas?\b", line, re.IGNORECASE)
    ]
    assert not named


@pytest.mark.parametrize("language", ["en", "es"])
def test_how_strong_is_not_answered_by_how_often(language: str) -> None:
    """Whoever is asked for a strength finds a strength at the end of the scale."""
    odd = [
        f"{exercise.id}: {step.id}"
        for exercise in LIBRARY.exercises.values()
        for step in exercise.steps
        if isinstance(step, AskScale)
        and re.search(STRENGTH[language], said(step.text, language).lower())
        and step.scale.high is not None
        and re.search(FREQUENCY[language], said(step.scale.high, language).lower())
    ]
    assert not odd
