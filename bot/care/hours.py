"""Times of day as people type them, and which hours may be quiet. Local HH:MM throughout."""

import re
from enum import StrEnum

MINUTES = 24 * 60
OPEN = 8 * 60
"""Minutes of a day that must stay open: with fewer, the two check-ins find no room."""
DEFAULT_QUIET = ("22:00", "07:00")

_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})(?:(?:[:.h]|\s?h\s?)(\d{2}))?\s?(?:h(?:rs?)?\b)?\s?"
    r"(?:(a|p)\.?\s?m\b\.?|(de la ma[nñ]ana|de la tarde|de la noche|in the (?:morning|evening)))?",
    re.IGNORECASE,
)
_AFTER_NOON = ("de la tarde", "de la noche", "in the evening")


class NotQuiet(StrEnum):
    """Why a span cannot be quiet hours."""

    LONG = "long"
    EMPTY = "empty"
    CHECKIN = "checkin"


def times(text: str) -> tuple[str, ...]:
    """Every time of day named: "8", "8:30", "20h", "8 pm", "a las 8 de la tarde"; () if none."""
    found = []
    for hour, minute, half, words in _TIME.findall(text):
        at = _clock(int(hour), int(minute or 0), half.lower(), words.lower())
        if at is None:
            return ()
        found.append(at)
    return tuple(found)


def _clock(hour: int, minute: int, half: str, words: str) -> str | None:
    afternoon = half == "p" or words in _AFTER_NOON
    if (half and not 1 <= hour <= 12) or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if afternoon and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"{hour % 24:02d}:{minute:02d}"


def not_quiet(start: str, end: str, checkins: tuple[str, ...]) -> NotQuiet | None:
    """Why nothing may be silent from `start` to `end` (not included); None if it may."""
    if start == end:
        return NotQuiet.EMPTY
    if MINUTES - _length(start, end) < OPEN:
        return NotQuiet.LONG
    if any(within(at, start, end) for at in checkins):
        return NotQuiet.CHECKIN
    return None


def within(at: str, start: str, end: str) -> bool:
    """Whether a time lies in a span that may go over midnight; its end does not belong to it."""
    return (_minutes(at) - _minutes(start)) % MINUTES < _length(start, end)


def _length(start: str, end: str) -> int:
    return (_minutes(end) - _minutes(start)) % MINUTES


def _minutes(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)
