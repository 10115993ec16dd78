"""Names of time zones: which exist, and which one was meant."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_NOT_PLACES = {"Factory", "localtime", "posixrules"}
"""Files beside the zones: what they say depends on the machine."""


def find_zone(name: str) -> ZoneInfo | None:
    """The zone of this IANA name; None for anything else, however odd."""
    if not name or name in _NOT_PLACES:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def guess_zone(wrong: str) -> str | None:
    """The name that was probably meant: "new york" means America/New_York."""
    wanted = _plain(wrong)
    by_name = {_plain(name): name for name in zone_names()}
    by_place = {plain.rpartition("/")[2]: name for plain, name in by_name.items()}
    for likeness in (1.0, 0.8):
        for known in (by_name, by_place):
            close = get_close_matches(wanted, known, n=1, cutoff=likeness)
            if close:
                return known[close[0]]
    return None


@cache
def zone_names() -> tuple[str, ...]:
    """All names, in order. Read once: it walks the folders of the time zone data."""
    return tuple(sorted(available_timezones() - _NOT_PLACES))


def _plain(name: str) -> str:
    return "_".join(name.casefold().split())
