"""Times of day as people type them, and which hours may be quiet. Local HH:MM throughout."""

import re
from enum import StrEnum

from bot.catalog.bare import bare
from bot.catalog.clock_words import EARLIER, in_figures

LONGEST = 200
"""Longer words name no two times."""
MINUTES = 24 * 60
OPEN = 8 * 60
"""Minutes of a day that must stay open: with fewer, the two check-ins find no room."""
APART = 4 * 60
"""Minutes within which a second time is hardly meant."""
DEFAULT_QUIET = ("22:00", "07:00")

_REST = (
    r"[,:]?(?: (?:at|around|about|like|maybe|sobre|como))?"
    r"\s+((?!.*\b(?:morning|manana|am|pm)\b).*\w)\W*$"
)
_PART_FIRST = (
    (re.compile(rf"^\W*(?:tonight|(?:in the |this )?evenings?){_REST}"), r"\1 in the evening"),
    (re.compile(rf"^\W*(?:in the |this )?afternoons?{_REST}"), r"\1 in the afternoon"),
    (re.compile(rf"^\W*(?:esta |por la |de |a la )?noche{_REST}"), r"\1 de la noche"),
    (re.compile(rf"^\W*(?:esta |por la |de |a la )?tarde{_REST}"), r"\1 de la tarde"),
)
"""The part of the day said first, “evening, like 8?”, and how it is read: behind the time."""
_TIME = re.compile(
    r"(?<![\d:⊕⊖])(\d{1,2})(?:(?:[:.h]|\s?h\s?)(\d{2}))?(?!:?\d)\s?(?:h(?:rs?)?\b)?\s?"
    r"(?:([⊕⊖])(\d{1,2}))?\s?"
    r"(?:(a|p)\.?\s?m\b\.?|"
    r"((?:de|por|en) la (?:manana|tarde|noche|madrugada)|"
    r"in the (?:morning|afternoon|evening)|at night|tonight|esta (?:tarde|noche)))?"
)
_OR = re.compile(r"\d.*\b(?:or|o|u)\b(?!['’]).*\d")
_AFTER_NOON = ("tarde", "afternoon", "evening")
_NIGHT = ("noche", "night", "tonight")
_SMALL_HOURS = 5
"""Up to here "de la noche" is after midnight."""


class NotQuiet(StrEnum):
    """Why a span cannot be quiet hours."""

    LONG = "long"
    EMPTY = "empty"
    CHECKIN = "checkin"


def times(text: str) -> tuple[str, ...]:
    """Every time of day named: "8", "8:30", "20h", "8 pm", "las ocho y media"; () if none."""
    found = []
    for hour, minute, sign, apart, half, words in _TIME.findall(_figures(text)):
        hour_there = _hour(int(hour), half, words.rpartition(" ")[2])
        if hour_there is None or int(minute or 0) > 59 or (int(hour) == 24 and int(minute or 0)):
            return ()
        more = int(apart or 0) * (-1 if sign == EARLIER else 1)
        found.append(_clock(hour_there * 60 + int(minute or 0) + more))
    return tuple(found)


def later(text: str, first: str) -> tuple[str, ...]:
    """The one time named, as it is meant after a first: "9" after 07:30 is 21:00, for nobody wants
    to be asked twice in one breakfast; "09:00" and "9 am" stay. () if none or several are named."""
    found = readings(text)
    near = len(found) == 2 and abs(_minutes(found[0]) - _minutes(first)) < APART
    return found[1:] if near and _minutes(found[1]) > _minutes(first) else found[:1]


def either(text: str) -> bool:
    """Whether the times named are one or the other: "7 or 8 ish", "a las 8 o a las 9"."""
    return len(text) <= LONGEST and _OR.search(_figures(text)) is not None


def readings(text: str) -> tuple[str, ...]:
    """What the one time of day named may mean on a clock of 24 hours: "4:05" is 16:05 too, "04:05",
    "16:05" and "4 am" are not; () if none or several are named."""
    found = times(text)
    if len(found) != 1:
        return ()
    ((hour, _, _, _, half, words),) = _TIME.findall(_figures(text))
    if half or words or not _is_of_twelve(hour):
        return found
    return (*found, _half_a_day_later(found[0]))


def _figures(text: str) -> str:
    """In lower case and without accents, all times of day in figures, the part of the day last."""
    plain = bare(text)
    for first, behind in _PART_FIRST:
        plain = first.sub(behind, plain)
    return in_figures(plain).replace(" noon", " 12:00").replace(" midnight", " 00:00")


def _hour(hour: int, half: str, part: str) -> int | None:
    """The hour of the day; `part` is the part of the day that was named."""
    if (half and not 1 <= hour <= 12) or hour > 24:
        return None
    if part in _NIGHT and hour <= 12:
        return hour + 12 if _SMALL_HOURS < hour < 12 else hour % 12
    if part in _NIGHT:
        return hour
    if hour < 12 and (half == "p" or part in _AFTER_NOON):
        return hour + 12
    return 0 if half == "a" and hour == 12 else hour


def nights(text: str) -> tuple[str, ...]:
    """The span named, as it is meant of a night: "de 10 a 7" begins at 22:00, as from 10:00 on
    hardly anything of the day would stay open. () if not two times are named."""
    span = times(text)
    if len(span) != 2:
        return ()
    if 0 < _length(*span) <= MINUTES - OPEN:
        return span
    hour, minute, _, _, half, words = _TIME.findall(_figures(text))[0]
    if minute or half or words or not _is_of_twelve(hour):
        return span
    return (_half_a_day_later(span[0]), span[1])


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


def _is_of_twelve(hour: str) -> bool:
    """Whether the hour, as it was typed, may be meant on a clock of twelve hours."""
    return not hour.startswith("0") and 1 <= int(hour) <= 12


def _half_a_day_later(at: str) -> str:
    return _clock(_minutes(at) + MINUTES // 2)


def _clock(minutes: int) -> str:
    """Minutes after any midnight as HH:MM."""
    hours, left = divmod(minutes % MINUTES, 60)
    return f"{hours:02d}:{left:02d}"


def _length(start: str, end: str) -> int:
    return (_minutes(end) - _minutes(start)) % MINUTES


def _minutes(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)
