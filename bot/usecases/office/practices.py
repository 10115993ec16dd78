"""What counts as practice, and what an exercise is called, for whoever reads the pages."""

from bot.catalog.exercise import Modality
from bot.catalog.text import said
from bot.usecases.kit import Kit

NO_PRACTICE = (Modality.CHECK_IN, Modality.MEASURE)
"""What the programme asks by itself is no practice of theirs."""


def is_exercise(kit: Kit, exercise: str) -> bool:
    """Whether this is something somebody practised; what left the library since still is."""
    found = kit.library.find(exercise)
    return found is None or found.modality not in NO_PRACTICE


def title(kit: Kit, exercise: str, language: str) -> str:
    """Its title; its id where it is not in the library any more."""
    titles = kit.titles.get(exercise)
    return said(titles, language) if titles else exercise
