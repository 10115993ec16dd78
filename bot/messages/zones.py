"""Time zones as people read them: by a city, in their own language; never by an offset."""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_time, get_timezone_location

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

_NOWHERE = frozenset({"001", "ZZ"})
"""The world, and an unknown place, as CLDR writes them."""
DAY = 24 * 60
_OFFSET = re.compile(r"(?:gmt|utc)(?:\s*([+−–-])\s*(\d{1,2})(?::?(\d{2}))?)?")
ABOUT, ROUNDED = 10, 30
"""Minutes by which a clock somebody reads out may be off; and by which they round it."""


def city(zone: str, language: str) -> str:
    """The city a zone is named after: "Nueva York"."""
    named = Locale.parse(language).time_zones
    for each in (zone, *_former().get(zone, ())):
        if "city" in named.get(each, ()):
            return str(named[each]["city"])
    place = get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
    return str(place).rpartition("/")[2] or zone  # Babel says “Argentina/Buenos Aires”


def territory(zone: str) -> str | None:
    """The country a zone lies in, as ISO 3166 writes it; None for UTC and its like."""
    found = get_global("zone_territories").get(zone)
    return None if found in _NOWHERE else found


@cache
def _former() -> dict[str, list[str]]:
    """Each zone's older names, under which Babel still keeps how some cities are spelt."""
    former = defaultdict[str, list[str]](list)
    for old, new in get_global("zone_aliases").items():
        former[new].append(old)
    return dict(former)


def clock(zone: str, now: datetime, language: str) -> str:
    """The hour and minute it is there."""
    return str(format_time(now.astimezone(ZoneInfo(zone)), "HH:mm", locale=language))


def is_other(zone: str, than: str, at: datetime) -> bool:
    """Whether two clocks show another time at that moment."""
    return _offset(zone, at) != _offset(than, at)


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


def ahead(text: str, zone: str, now: datetime) -> str | None:
    """The zone nearest to this one that is now so far from Greenwich: "GMT+1", "utc -5:30"; None
    where that is not what was said, or nobody lives there."""
    found = _OFFSET.fullmatch(text.strip(" .!").casefold())
    if found is None:
        return None
    hours, minutes = int(found[2] or 0), int(found[3] or 0)
    wanted = (-1 if found[1] in ("-", "−", "–") else 1) * (hours * 60 + minutes) * 60
    others = (zone, *neighbours(zone, now, len(COMMON)))
    return next((each for each in others if _offset(each, now) == wanted), None)


def _minutes_apart(zone: str, said: str, now: datetime) -> int:
    hour, minute = (int(part) for part in said.split(":"))
    local = now.astimezone(ZoneInfo(zone))
    ahead = (local.hour * 60 + local.minute - hour * 60 - minute) % DAY
    return min(ahead, DAY - ahead)


def _offset(zone: str, now: datetime) -> float:
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds()
