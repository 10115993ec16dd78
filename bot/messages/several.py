"""Names in one line, and a day with its weekday, as each language writes them."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from bot.messages.words import Words


def several(words: Words, language: str, names: Sequence[str]) -> str:
    """ "one", "one and two", "one, two and three"."""
    if len(names) < 2:
        return "".join(names)
    last = str(words.short(language)["join"]) + names[-1]
    return ", ".join(names[:-1]) + last


def date_said(words: Words, language: str, day: date) -> str:
    """ "3 December 2026", "3 de diciembre de 2026"."""
    return str(format_date(day, words.short(language)["clock"]["date"], locale=language))


def day_said(words: Words, language: str, day: date) -> str:
    """ "Thursday 3 December", "jueves 3 de diciembre"."""
    return str(format_date(day, words.short(language)["clock"]["day"], locale=language))
