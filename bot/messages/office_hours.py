"""Office hours as a sentence says them: "on weekdays, 9:00–17:00"."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from babel import Locale

from bot.messages.words import Words

Span = tuple[int, str, str]
"""A weekday (0 is Monday), opens, closes (local HH:MM)."""


def office_hours(words: Words, language: str, spans: Iterable[Span]) -> str:
    """Days with the same hours together, in plain text; "" where there are none."""
    by_hours: dict[tuple[str, ...], list[int]] = {}
    ordered = sorted(spans)
    for day, of_day in groupby(ordered, key=lambda span: span[0]):
        hours = tuple(f"{opens.removeprefix('0')}–{closes}" for _, opens, closes in of_day)
        by_hours.setdefault(hours, []).append(day)
    return "; ".join(
        f"{_days(words, language, days)}, {', '.join(hours)}" for hours, days in by_hours.items()
    )


def _days(words: Words, language: str, days: Sequence[int]) -> str:
    if list(days) == list(range(5)):
        return words.word(language, "office_hours.weekdays")
    if list(days) == list(range(7)):
        return words.word(language, "office_hours.every_day")
    names = Locale.parse(language).days["format"]["wide"]
    on = words.word(language, "office_hours.on")
    return f"{on} {', '.join(str(names[day]) for day in days)}"
