"""What was typed into the forms of a group's settings, understood or refused with a code.

Each code has a sentence under `office_settings.problems`; `UnfitError.values` fills it in.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.calendar import LONGEST_SESSION, LONGEST_WAIT, clock, closing, overlap, twice
from bot.care.silence import MOST, NEVER
from bot.messages import places
from bot.store.groups import OfficeHours, SessionTime

MOST_ROWS = 30
"""No group meets more often in a week."""
LONGEST_TYPED = 200
"""Characters of one field that are looked at and shown again."""


class Fields(Protocol):
    """A form as it was sent: the last value of a field, or all of one that is repeated."""

    def get(self, key: str, default: str, /) -> str:
        """One field."""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, in order."""


class UnfitError(Exception):
    """What was typed cannot be kept; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values


def rows(form: Fields, *names: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of fields as they were typed, without those that are ticked away and
    those left empty."""
    columns = [[each[:LONGEST_TYPED].strip() for each in form.all(name)] for name in names]
    gone = {each for each in form.all("remove") if each.isascii() and each.isdigit()}
    typed = list(zip_longest(*columns, fillvalue=""))[:MOST_ROWS]
    return tuple(row for at, row in enumerate(typed) if str(at) not in gone and any(row[1:3]))


def sessions(typed: Iterable[tuple[str, ...]]) -> tuple[SessionTime, ...]:
    """Weekday, time and minutes of each session."""
    found = []
    for at, (weekday, starts, minutes) in enumerate(typed, 1):
        length = _number(minutes, "minutes", 1, LONGEST_SESSION, row=at)
        found.append(SessionTime(_weekday(weekday, at), _clock(starts, at), length))
    if twice((each.weekday, each.starts) for each in found) is not None:
        raise UnfitError("twice")
    return tuple(found)


def hours(typed: Iterable[tuple[str, ...]]) -> tuple[OfficeHours, ...]:
    """Weekday, opening and closing time of each span; none overlap."""
    found = []
    for at, (weekday, opens, closes) in enumerate(typed, 1):
        until = closing(closes) or _clock(closes, at)
        span = OfficeHours(_weekday(weekday, at), _clock(opens, at), until)
        if span.opens >= span.closes:
            raise UnfitError("backwards", row=at)
        found.append(span)
    day = overlap((each.weekday, each.opens, each.closes) for each in found)
    if day is not None:
        raise UnfitError("overlap", weekday=day)
    return tuple(found)


def zone(form: Fields, language: str) -> str:
    """The IANA zone of a city or a name."""
    typed = form.get("zone", "")[:LONGEST_TYPED]
    if not typed.strip():
        raise UnfitError("zone_empty")
    found = places.find(typed, language)
    if found.several:
        raise UnfitError("zone_several", typed=typed)
    if found.zone is None:
        raise UnfitError("zone_hint" if found.hint else "zone", typed=typed, hint=found.hint)
    return found.zone


def order(form: Fields, team: Iterable[UUID]) -> tuple[UUID, ...]:
    """Everybody of a team by the place they were given, each place once."""
    known = tuple(team)
    places = {
        each: _number(form.get(f"place.{each.hex}", ""), "place", 1, len(known)) for each in known
    }
    if len(set(places.values())) < len(places):
        raise UnfitError("places", most=len(known))
    return tuple(sorted(known, key=lambda each: places[each]))


def days(form: Fields) -> int:
    """Days of silence after which therapists are told; 0 is never."""
    return _number(form.get("quiet_days", ""), "days", NEVER, MOST)


def waits(form: Fields, names: Iterable[str]) -> dict[str, int]:
    """Minutes until an alert goes on, by the name of the setting."""
    return {each: _number(form.get(each, ""), "wait", 1, LONGEST_WAIT) for each in names}


def moment(text: str, zone: str) -> datetime:
    """A local date and time (2026-12-07T08:00) as UTC."""
    try:
        local = datetime.strptime(text.strip()[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007 # a wall clock
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnfitError("moment") from None


def _weekday(typed: str, row: int) -> int:
    if typed not in tuple("0123456"):
        raise UnfitError("weekday", row=row)
    return int(typed)


def _clock(typed: str, row: int) -> str:
    found = clock(typed)
    if found is None:
        raise UnfitError(_or_empty("time", typed), row=row, typed=typed)
    return found


def _number(typed: str, code: str, low: int, high: int, row: int = 0) -> int:
    text = typed.strip()
    fits = text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high
    if not fits:
        values = {"row": row, "low": low, "high": high, "typed": typed[:LONGEST_TYPED]}
        raise UnfitError(_or_empty(code, text), **values)
    return int(text)


def _or_empty(code: str, typed: str) -> str:
    """“Not “””, of a field left empty, said nothing."""
    return code if typed else f"{code}_empty"
