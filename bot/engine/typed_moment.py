"""Reading a typed day and time the way people type it, in English and Spanish alike."""

import re
from datetime import date, datetime, time, timedelta

from bot.engine.moment_figures import in_figures
from bot.engine.moment_words import (
    COUNTS,
    DAYS,
    ENDS,
    EVENING,
    FILL,
    HALF,
    HOURS,
    MONTHS,
    NEAR,
    NIGHT,
    NOON,
    UNITS,
)

LONGEST = 60
"""Longer words are no moment: more than a day, an hour and a few words around them."""


def _names(table: dict[str, object] | dict[str, int] | dict[str, time]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_UNIT = _names(UNITS)
_COUNT = rf"\d{{1,3}}|{_names(COUNTS)}"
_AHEAD = re.compile(rf"(?:in|en|dentro de|de aqui a)\s+({_COUNT})\s*({_UNIT})")
_AGO = re.compile(rf"(?:hace\s+({_COUNT})\s*({_UNIT})|({_COUNT})\s*({_UNIT})\s+ago)")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?:t|\b)")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b")
_MONTH = _names(MONTHS)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|º)?\s+(?:de\s+|of\s+)?({_MONTH})\b\.?(?:\s+(?:de\s+)?(\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?")
_NO_HOUR = r"(?!\d|\s*(?:[:.h/]|am\b|pm\b|a\.|p\.|de la\b|en punto\b|y (?:media|cuarto)\b))"
_DAY_AND_DATE = re.compile(rf"\b({_names(DAYS)}|mar)\b\.?,?\s+(?:dia\s+)?(\d{{1,2}})\b{_NO_HOUR}")
_DATE_ALONE = re.compile(rf"\b(?:el )?dia (\d{{1,2}})\b{_NO_HOUR}|\bel (\d{{1,2}})\b{_NO_HOUR}")
"""In Spanish “jueves 3” is the third where that is a Thursday; English would say “the 3rd”."""
_WEEKS = 5
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?|h\b|hs\b|hrs\b|horas\b)?(?:ish\b)?"
)  # "9", "9:30", "9.30pm", "21h"
_MORNING = re.compile(
    r"\b(?:por|de|en|a) la (?:manana(?: temprano)?|madrugada)\b|\bin the morning\b|\besta manana\b"
    r"|\btemprano\b"
)
_SMALL_HOURS = 5
_SOON = timedelta(minutes=15)
_SAYS_AT = re.compile(r"\b(?:at|around|about|by|las|la|o.clock)\b")
_HOUR_NAME, _DAY_NAME, _NEAR_NAME = (
    re.compile(rf"\b({_names(table)})\b\.?") for table in (HOURS, DAYS, NEAR)
)


class _UnclearError(Exception):
    """These words are no moment we know."""


class _Words:
    """What is left of the words; it shrinks as they are understood."""

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.left)
        if found is not None:
            self.left = f"{self.left[: found.start()]} {self.left[found.end() :]}"
        return found

    def take_name(self, names: re.Pattern[str]) -> str | None:
        found = self.take(names)
        return found[1] if found else None


def typed_moment(text: str, language: str, here: datetime, *, past: bool) -> datetime | None:
    """The wall clock that is meant, seen from the wall clock `here`; None where it is unclear.

    `text` has no case and no accents. A weekday or an hour alone is the next one, or with `past`
    the last one. Whatever words are left over make it unclear: nothing is guessed.
    """
    if len(text) > LONGEST:
        return None
    try:
        return _read(_Words(in_figures(text, past=past)), language, here, past=past)
    except (_UnclearError, ValueError, OverflowError):
        return None


def _read(words: _Words, language: str, here: datetime, *, past: bool) -> datetime:
    away = _away(words)
    if away is not None:
        meant = here + away
        hour = _hour(words, words.take_name(_HOUR_NAME), has_day=True)
        _nothing_left(words)
        return meant if hour is None else _at_hour(meant, hour, away)
    part = "morning" if words.take(_MORNING) else None
    was_this = part is not None and "esta" in words.left
    day, part = _day(words, language, here, part, past=past)
    part = words.take_name(_HOUR_NAME) or part
    has_clock = _CLOCK.search(words.left) is not None
    hour = _hour(words, part, has_day=day is not None or was_this)
    _nothing_left(words)
    if day is None:
        return _nearest(hour, here, past=past)
    if hour is None:
        hour = EVENING if day == here.date() and not past else NOON
        if past and day == here.date() and hour > here.time():
            return here
        if not past and day == here.date() and hour <= here.time():
            return _while_it_lasts(here, timedelta(hours=1), time(23, 59))
    meant = datetime.combine(day, hour)
    if part in ENDS and not has_clock and day == here.date() and not past:
        return _later_in(part, meant, here)
    return meant


def _later_in(part: str, meant: datetime, here: datetime) -> datetime:
    """ "Tonight", said at ten at night, is not over: in a quarter of an hour."""
    is_now = meant <= here < datetime.combine(here.date(), ENDS[part])
    return _while_it_lasts(here, _SOON, ENDS[part]) if is_now else meant


def _while_it_lasts(here: datetime, ahead: timedelta, end: time) -> datetime:
    return min(here + ahead, datetime.combine(here.date(), end))


def _at_hour(meant: datetime, hour: time, away: timedelta) -> datetime:
    """ "In two days at nine". After "in two hours" an hour can only say the same once more."""
    if abs(away) < timedelta(days=1) and (meant.hour, meant.minute) != (hour.hour, hour.minute):
        raise _UnclearError
    return datetime.combine(meant.date(), hour)


def _moved(here: datetime, days: int) -> date:
    return here.date() + timedelta(days=days)


def _nearest(hour: time | None, here: datetime, *, past: bool) -> datetime:
    """The next such hour, or with `past` the last one."""
    if hour is None:
        raise _UnclearError
    today = datetime.combine(here.date(), hour)
    if past:
        return today if today <= here else datetime.combine(_moved(here, -1), hour)
    return today if today > here else datetime.combine(_moved(here, 1), hour)


def _away(words: _Words) -> timedelta | None:
    """ "in 2 hours", "hace tres días": a distance from now."""
    found = words.take(_AHEAD)
    if found is not None:
        return timedelta(minutes=_count(found[1]) * UNITS[found[2]])
    found = words.take(_AGO) if "ago" in words.left or "hace" in words.left else None
    if found is not None:
        many, unit = found[1] or found[3], found[2] or found[4]
        return timedelta(minutes=-_count(many) * UNITS[unit])
    return None


def _count(word: str) -> int:
    return COUNTS[word] if word in COUNTS else int(word)


def _day(
    words: _Words, language: str, here: datetime, part: str | None, *, past: bool
) -> tuple[date | None, str | None]:
    """The day that is named, and the part of it its name speaks of."""
    written = _date(words, language, here, past=past)
    if written is not None:
        words.take_name(_DAY_NAME)  # "Fri 27 November": the date decides
        return written, part
    near = words.take_name(_NEAR_NAME)
    if near is not None:
        inside = max((name for name in HOURS if name in near), key=len, default=None)
        if near in ("this morning", "esta manana"):
            inside = "morning"
        return _moved(here, NEAR[near]), part or inside
    weekday = words.take_name(_DAY_NAME)
    if weekday is None and language == "es":
        weekday = "martes" if words.take(re.compile(r"\bmar\b\.?")) else None
    if weekday is None:
        return None, part
    ahead = (DAYS[weekday] - here.weekday() - 1) % 7 + 1
    return _moved(here, ahead - 7 if past else ahead), part


def _date(words: _Words, language: str, here: datetime, *, past: bool) -> date | None:
    found = words.take(_ISO)
    if found is not None:
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = words.take(_DAY_MONTH)
    if found is not None:
        return _of_year(found[3], MONTHS[found[2]], int(found[1]), here, past=past)
    found = words.take(_MONTH_DAY) if language != "es" else None  # "mar 9" is Tuesday at nine
    if found is not None:
        return _of_year(found[3], MONTHS[found[1]], int(found[2]), here, past=past)
    found = words.take(_SLASHED)
    if found is not None:
        day, month = _slashed(int(found[1]), int(found[2]), language)
        return _of_year(found[3], month, day, here, past=past)
    return _of_month(words, here, past=past) if language == "es" else None


def _of_month(words: _Words, here: datetime, *, past: bool) -> date | None:
    """A day of the month with its weekday or “el” before it: the next such day, or the last."""
    steps = range(0, -31 * 2, -1) if past else range(31 * 2)
    days = [_moved(here, each) for each in steps]
    found = _DAY_AND_DATE.search(words.left)
    if found is not None:
        weekday = DAYS[found[1]] if found[1] in DAYS else DAYS["martes"]
        near = days[: 7 * _WEEKS]
        fits = [each for each in near if each.weekday() == weekday and each.day == int(found[2])]
        if fits:
            words.take(_DAY_AND_DATE)
            return fits[0]
        return None
    alone = words.take(_DATE_ALONE)
    if alone is None:
        return None
    return next((each for each in days if each.day == int(alone[1] or alone[2])), None)


def _slashed(one: int, other: int, language: str) -> tuple[int, int]:
    """Day and month. In English 3/4 is two different days, so it is asked again."""
    if other > 12:
        return other, one
    if one > 12 or one == other or language != "en":
        return one, other
    raise _UnclearError


def _of_year(year: str | None, month: int, day: int, here: datetime, *, past: bool) -> date:
    """The next such day, or with `past` the last, when no year is given."""
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = date(here.year, month, day)
    if past and found > here.date():
        return found.replace(year=here.year - 1)
    if not past and found < here.date():
        return found.replace(year=here.year + 1)
    return found


def _hour(words: _Words, part: str | None, *, has_day: bool) -> time | None:
    found = words.take(_CLOCK)
    if found is None:
        return HOURS[part] if part else None
    hour, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half in ("a", "p"):
        return time(_of_half(hour, half), minutes)
    if part is not None:
        return _of_part(hour, minutes, part)
    if found[2] or half:
        return time(hour, minutes)
    if not has_day and not _SAYS_AT.search(words.left):
        raise _UnclearError  # a number alone may mean anything
    return time(hour + 12 if 1 <= hour <= 6 else hour)  # "at 5" is five in the afternoon


def _of_half(hour: int, half: str) -> int:
    """ "12 am" is 0, "1 pm" is 13."""
    if not 1 <= hour <= 12:
        raise _UnclearError
    return hour % 12 + (12 if half == "p" else 0)


def _of_part(hour: int, minutes: int, part: str) -> time:
    """The hour of a part of the day: eight in the evening, twelve at night."""
    if part in NIGHT and hour == 12 and not minutes:
        return HOURS["midnight"]
    if part in NIGHT and (hour <= _SMALL_HOURS or hour == 12):
        raise _UnclearError  # "two at night": of this night, or of the one before it?
    return time(hour + 12 if part in HALF and 1 <= hour < 12 else hour, minutes)


def _nothing_left(words: _Words) -> None:
    if any(word not in FILL for word in words.left.replace(",", " ").split()):
        raise _UnclearError
