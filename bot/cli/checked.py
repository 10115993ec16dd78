"""What people type on the command line, understood or refused in one sentence."""

import difflib
import re
from unicodedata import category, normalize
from zoneinfo import available_timezones

from babel import Locale

from bot.care.calendar import LONGEST_SESSION, clock, closing
from bot.catalog.text import LANGUAGES
from bot.errors import BetweenError
from bot.store.groups import OfficeHours, SessionTime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST = 60
"""Characters of a name."""
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that let a line run backwards, whatever stands behind it."""
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def name_of(value: str) -> str:
    """A name as it is kept and looked for: in one line, and its accents written one way. Some
    keyboards send an accent as a sign of its own, and what looks the same would be two names."""
    return " ".join(normalize("NFC", value).split())


def shown(value: str) -> str:
    """What was typed, as a sentence names it: in one line, and nothing as nothing."""
    return name_of(value) or "An empty text"


def text_of(value: str, what: str) -> str:
    """A name in one line, without blanks at its ends."""
    text = name_of(value)
    if not any(category(each)[0] in "LNPS" for each in text):  # a blank of no width is one, too
        raise BetweenError(f"The {what} is empty.")
    if any(category(each) in ("Cc", "Cs") or each in _TURNS for each in text):
        raise BetweenError(f"The {what} holds signs that nobody sees. Type it anew.")
    if len(text) > LONGEST:
        raise BetweenError(f"The {what} is too long: {LONGEST} characters at most.")
    return text


def zone_of(value: str) -> str:
    """An IANA zone, by its name or its city in any case."""
    zones = available_timezones()
    wanted = value.strip().replace(" ", "_")
    by_name = {name.casefold(): name for name in sorted(zones)}
    if wanted.casefold() in by_name:
        return by_name[wanted.casefold()]
    cities: dict[str, str] = {}
    for name in sorted(zones):
        cities.setdefault(name.rsplit("/", 1)[-1].casefold(), name)
    if wanted.casefold() in cities:
        return cities[wanted.casefold()]
    city = wanted.rsplit("/", 1)[-1].casefold()
    near = difflib.get_close_matches(city, cities, n=1, cutoff=0.75)
    hint = f"Did you mean {cities[near[0]]}?" if near else "Use a name such as America/New_York."
    raise BetweenError(f"{shown(value)} is no time zone. {hint}")


def country_of(value: str) -> str:
    """An ISO 3166 code, by the code or the name, in any language we speak."""
    wanted = name_of(value).casefold()
    for spoken in LANGUAGES:
        for code, name in Locale(spoken).territories.items():
            is_country = len(code) == 2 and code.isalpha()
            if is_country and wanted in (code.casefold(), str(name).casefold()):
                return str(code)
    raise BetweenError(f"{shown(value)} is no country. Use two letters, such as US, GB or ES.")


def email_of(value: str) -> str:
    """An address that mail can go to."""
    if _MAIL.fullmatch(value.strip()) is None:
        raise BetweenError(f"{shown(value)} is no e-mail address.")
    return value.strip()


def number_of(value: int, what: str, low: int, high: int) -> int:
    """A number within its limits, both included."""
    if not low <= value <= high:
        raise BetweenError(f"{what} must be from {low} to {high}, not {value}.")
    return value


def session_of(value: str) -> SessionTime:
    """A weekly session: "Thu 18:00" or "Thu 18:00 90", the last in minutes."""
    parts = value.split()
    if len(parts) not in (2, 3):
        raise BetweenError(f'"{value}" is no session. Write it as "Thu 18:00 90".')
    day, starts = day_of(parts[0]), time_of(parts[1])
    if len(parts) == 2:
        return SessionTime(day, starts)
    if not parts[2].isascii() or not parts[2].isdigit():
        raise BetweenError(f'"{parts[2]}" is no number of minutes. Write it as "Thu 18:00 90".')
    return SessionTime(day, starts, number_of(int(parts[2]), "Minutes", 1, LONGEST_SESSION))


def hours_of(value: str) -> list[OfficeHours]:
    """Office hours: "Mon-Fri 09:00-17:00" or "Sat 10:00-24:00", one for each day."""
    parts = value.split()
    if len(parts) != 2 or parts[1].count("-") != 1:
        raise BetweenError(f'"{value}" are no hours. Write them as "Mon-Fri 09:00-17:00".')
    first, _, last = parts[0].partition("-")
    begin, _, end_of = parts[1].partition("-")
    opens, closes = time_of(begin), closing(end_of) or time_of(end_of)
    if opens >= closes:
        raise BetweenError(f'"{value}" ends before it begins.')
    start, end = day_of(first), day_of(last or first)
    if start > end:
        raise BetweenError(f'"{value}" goes past Sunday. Give the days before it separately.')
    return [OfficeHours(day, opens, closes) for day in range(start, end + 1)]


def day_of(value: str) -> int:
    """A weekday, 0 for Monday, by its first three letters or its whole name."""
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    wanted = value.casefold().rstrip(".,")
    for at, name in enumerate(names):
        if len(wanted) >= len("Mon") and name.startswith(wanted):
            return at
    raise BetweenError(f'"{value}" is no weekday. Write {", ".join(DAYS[:-1])} or {DAYS[-1]}.')


def time_of(value: str) -> str:
    """A time of day as HH:MM."""
    found = clock(value)
    if found is None:
        raise BetweenError(f'"{value}" is no time of day. Write it as 09:00 or 18:30.')
    return found
