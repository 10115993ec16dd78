"""Weekly times a clinic sets: read as people type them, and whether two of them clash."""

import re
from collections.abc import Iterable
from itertools import pairwise

LONGEST_SESSION = 600
"""Minutes; nobody meets for longer than ten hours."""
LONGEST_WAIT = 24 * 60
"""Minutes; an alert that waits for longer than a day is no alert."""
MIDNIGHT = "24:00"
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

Begin = tuple[int, str]
"""A weekday (0 is Monday) and when something begins (local HH:MM)."""
Span = tuple[int, str, str]
"""A weekday (0 is Monday), opens, closes (local HH:MM)."""


def clock(text: str) -> str | None:
    """A time of day as HH:MM; None for what is none."""
    found = _TIME.fullmatch(text.strip())
    return None if found is None else f"{int(found[1]):02}:{found[2]}"


def closing(text: str) -> str | None:
    """The same for an end, which may be the end of the day: 24:00."""
    return MIDNIGHT if text.strip() == MIDNIGHT else clock(text)


def twice(begins: Iterable[Begin]) -> Begin | None:
    """The first moment at which two begin; None where none do."""
    return next((one for one, two in pairwise(sorted(begins)) if one == two), None)


def overlap(spans: Iterable[Span]) -> int | None:
    """The first weekday on which two of these overlap; None where none do."""
    for one, two in pairwise(sorted(spans)):
        if one[0] == two[0] and two[1] < one[2]:
            return one[0]
    return None
