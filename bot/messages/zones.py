"""Time zones as people name them: by a city, in their own language; never by an offset."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import format_time, get_timezone_location

from bot.catalog.bare import bare
from bot.catalog.problem import did_you_mean

LANGUAGES = ("en", "es")

COMMON = (
    *("Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver"),
    *("America/Phoenix", "America/Mexico_City", "America/Chicago", "America/Bogota"),
    *("America/New_York", "America/Caracas", "America/Puerto_Rico", "America/Halifax"),
    *("America/Santiago", "America/Argentina/Buenos_Aires", "America/Sao_Paulo"),
    *("Atlantic/Azores", "Atlantic/Canary", "Europe/London", "Europe/Madrid", "Europe/Athens"),
    *("Europe/Istanbul", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka"),
    *("Asia/Bangkok", "Asia/Manila", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
)
"""One well-known city for each hour of the day, and more where our languages are spoken."""

_BIG = {
    "America/New_York": "boston miami atlanta philadelphia filadelfia washington orlando nyc"
    " est edt et eastern",
    "America/Chicago": "houston dallas austin minneapolis nashville cst cdt ct central",
    "America/Los_Angeles": "seattle portland sacramento oakland pst pdt pt pacific",
    "America/Denver": "albuquerque mst mdt mt mountain",
    "Europe/Madrid": "barcelona valencia sevilla seville bilbao zaragoza malaga",
    "Europe/London": "manchester birmingham glasgow edinburgh edimburgo leeds",
    "America/Mexico_City": "cdmx guadalajara puebla",
    "America/Bogota": "medellin cali barranquilla",
    "America/Guayaquil": "quito cuenca",
    "America/Argentina/Buenos_Aires": "rosario",
    "America/Santiago": "valparaiso concepcion",
}
"""Cities many people live in that give no zone its name; and letters Americans say for a zone
whose clock changes twice a year (EST and MST of the IANA list never do)."""

_MAIN = {
    "US": "America/New_York",
    "CA": "America/Toronto",
    "MX": "America/Mexico_City",
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "CL": "America/Santiago",
    "BR": "America/Sao_Paulo",
    "EC": "America/Guayaquil",
    "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland",
}
"""Where most people live, in a country with several clocks."""

_ONE = {"AR": "America/Argentina/Buenos_Aires", "DE": "Europe/Berlin"}
"""Countries with several names for one clock."""

DAY = 24 * 60
ABOUT, ROUNDED = 10, 30
"""Minutes by which a clock somebody reads out may be off; and by which they round it."""

_OUTSIDE = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


class Found(NamedTuple):
    """The zone of a name; None and the city that may be meant where nobody knows it, or where a
    country with several clocks (`wide`) was named."""

    zone: str | None
    hint: str
    wide: bool = False


def city(zone: str, language: str) -> str:
    """The city a zone is named after: "Nueva York"."""
    place = get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
    return str(place).rpartition("/")[2] or zone  # Babel says “Argentina/Buenos Aires”


def clock(zone: str, now: datetime, language: str) -> str:
    """The hour and minute it is there."""
    return str(format_time(now.astimezone(ZoneInfo(zone)), "HH:mm", locale=language))


def find(text: str, language: str) -> Found:
    """The zone of a city or of an IANA name, however it is spelt."""
    wanted = _plain(text)
    known = _index()
    if wanted in known:
        return Found(known[wanted], "")
    there = _countries().get(wanted)
    if there is not None:
        if there in _MAIN:
            return Found(None, city(_MAIN[there], language), wide=True)
        return Found(_ONE.get(there) or _zones_of(there)[0], "")
    names = {_plain(city(zone, language)): city(zone, language) for zone in set(known.values())}
    hint = did_you_mean(wanted, [*names, *known])
    close = _plain(hint.partition("“")[2].partition("”")[0]) if hint else ""
    if close in known:
        return Found(None, city(known[close], language))
    return Found(None, "")


def neighbours(zone: str, now: datetime, count: int = 4) -> tuple[str, ...]:
    """The zones whose clocks differ least from this one's now, one for each hour."""
    here = _offset(zone, now)
    continent = zone.partition("/")[0]
    by_offset: dict[float, str] = {}
    for each in sorted(COMMON, key=lambda other: other.partition("/")[0] != continent):
        by_offset.setdefault(_offset(each, now), each)
    others = sorted(
        (offset for offset in by_offset if offset != here), key=lambda each: abs(each - here)
    )
    return tuple(by_offset[offset] for offset in sorted(others[:count]))


def at(clocks: Collection[str], zone: str, now: datetime) -> str | None:
    """The zone nearest to this one where it is about one of these times (HH:MM) now; where it is so
    nowhere, the one that comes closest, as "8" may be said at 7:40. None for no times."""
    here = _offset(zone, now)
    others = neighbours(zone, now, len(COMMON))
    nearest = sorted((zone, *others), key=lambda each: abs(_offset(each, now) - here))
    apart = {
        each: min((_minutes_apart(each, said, now) for said in clocks), default=DAY)
        for each in nearest
    }
    near = next((each for each in nearest if apart[each] <= ABOUT), None)
    closest = min(nearest, key=lambda each: apart[each])
    return near or (closest if apart[closest] <= ROUNDED else None)


def _minutes_apart(zone: str, said: str, now: datetime) -> int:
    hour, minute = (int(part) for part in said.split(":"))
    local = now.astimezone(ZoneInfo(zone))
    ahead = (local.hour * 60 + local.minute - hour * 60 - minute) % DAY
    return min(ahead, DAY - ahead)


def _offset(zone: str, now: datetime) -> float:
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds()


def _zones_of(territory: str) -> list[str]:
    zones = get_global("territory_zones").get(territory, [])
    return [each for each in zones if each in _available()]


@cache
def _available() -> frozenset[str]:
    return frozenset(available_timezones())  # it reads the disk each time


@cache
def _countries() -> dict[str, str]:
    """Countries by name, in our languages: those with one clock, and those of `_MAIN`."""
    known = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in _MAIN or code in _ONE or len(_zones_of(code)) == 1:
                known[_plain(name)] = code
    return known | {"usa": "US", "us": "US", "eeuu": "US"}


@cache
def _index() -> dict[str, str]:
    known = {}
    for zone in sorted(available_timezones()):
        known[_plain(zone)] = zone
        if "/" in zone and not zone.startswith(_OUTSIDE):
            known.setdefault(_plain(zone.rpartition("/")[2]), zone)
            for language in LANGUAGES:
                known.setdefault(_plain(city(zone, language)), zone)
    for zone, names in _BIG.items():
        known |= dict.fromkeys(names.split(), zone)
    return known


def _plain(text: str) -> str:
    return "".join(sign for sign in bare(text) if sign.isalnum() or sign in "+-")
