"""Reading exercises/support/helplines.yaml, and telling its keeper what is wrong, line by line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from babel import Locale
from pydantic import ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import Kept, key_of
from bot.catalog.check.texts import untold
from bot.catalog.helplines import ELSEWHERE, Country, Emergency, Helplines, Kind, Line, Seen, Way
from bot.catalog.load_support import Fault, fields_of, shape, unreadable
from bot.catalog.problem import Place, Problem, did_you_mean, line_in
from bot.catalog.text import LANGUAGES

KEPT_FOR = timedelta(days=180)
"""A number that was seen longer ago than this is to be looked up again."""

Piece = TypeVar("Piece", bound=Seen)

_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB"}
"""What Babel has among the two-letter codes though nobody can live there."""
_TOP = ("schema", "countries")


def load_helplines(
    path: Path, today: date, cache: Path | None = None
) -> tuple[Helplines, tuple[Problem, ...]]:
    """The lines as of today, and what is to be mended.

    Never raises for what somebody wrote: a broken line costs only itself, a stale one stays.
    `cache` is a folder where lines without faults are kept until the file changes or a day is too
    old; what comes from there comes without warnings.
    """
    with Kept(cache, "helplines.json") as kept:
        state = _state(path)
        made = kept.find(path.name, state) if state else None
        if made is not None:
            helplines = Helplines.model_validate_json(made)
            if all(not _dated(each, (), today) for each in helplines.seen()):
                return helplines, ()
        helplines, problems = _read_file(path, today)
        if state and all(each.warning for each in problems):
            kept.add(path.name, state, helplines.model_dump_json(by_alias=True))
    return helplines, problems


def _state(path: Path) -> str:
    try:
        return key_of((path,))
    except OSError:
        return ""


def _read_file(path: Path, today: date) -> tuple[Helplines, tuple[Problem, ...]]:
    try:
        tree = yaml12.YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except OSError:
        missing = "There is no such file, so nobody can be shown a line."
        return Helplines(countries={}), (Problem("HELP_011", missing, (), str(path), 1),)
    except (yaml12.YAMLError, UnicodeDecodeError, RecursionError) as error:
        return Helplines(countries={}), (unreadable(error, "HELP_011", path),)
    helplines, faults = _read(tree, today)
    # Countries may share one entry: what is wrong there is told once.
    problems = {
        (line, fault.code, fault.message): Problem(
            fault.code, fault.message, fault.place, str(path), line, fault.warning
        )
        for fault in faults
        for line in [line_in(tree, fault.place)]
    }
    return helplines, tuple(problems.values())


def _read(tree: Any, today: date) -> tuple[Helplines, list[Fault]]:
    entries = tree.get("countries") if isinstance(tree, dict) else None
    if not isinstance(entries, dict):
        return Helplines(countries={}), [
            Fault("HELP_008", "This file needs `schema: 1` and `countries:`.", ())
        ]
    faults = list(_heading(tree))
    countries: dict[str, Country] = {}
    for key, entry in entries.items():
        code = str(key)
        faults += _unknown(code)
        countries[code], wrong = _country(code, entry, today)
        faults += wrong
    faults += _ids(entries)
    faults += _elsewhere(countries.get(ELSEWHERE))
    return Helplines(countries=countries), faults


def _heading(tree: dict[Any, Any]) -> Iterator[Fault]:
    if tree.get("schema") != 1:
        yield Fault("HELP_008", "This file needs `schema: 1`.", ("schema",))
    for key in tree:
        if key not in _TOP:
            hint = did_you_mean(str(key), _TOP)
            yield Fault("HELP_008", f"“{key}” is not known here.{hint}", (str(key),))


def _unknown(code: str) -> Iterator[Fault]:
    if code not in _codes():
        yield Fault(
            "HELP_003",
            f"“{code}” is no country code. It is two capital letters of ISO 3166, such as US or"
            f" GB, or {ELSEWHERE} for elsewhere.",
            ("countries", code),
        )


def _codes() -> frozenset[str]:
    known = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in known if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES


def _country(code: str, entry: Any, today: date) -> tuple[Country, list[Fault]]:
    """The country with all of its parts that have a shape, and what is wrong with them."""
    here: Place = ("countries", code)
    emergency: Emergency | None = None
    lines: list[Line] = []
    faults: list[Fault] = []
    for name, value in entry.items() if isinstance(entry, dict) else [(None, entry)]:
        if name == "emergency":
            emergency, wrong = _part(Emergency, value, (*here, name), today)
            faults += wrong
        elif name == "lines" and isinstance(value, list):
            for at, each in enumerate(value):
                line, wrong = _part(Line, each, (*here, name, at), today)
                lines += [line] if line else []
                faults += wrong
        else:
            what = "A country has `emergency:` and a list of `lines:`."
            faults.append(Fault("HELP_008", what, (*here, str(name))))
    return Country(code=code, emergency=emergency, lines=tuple(lines)), faults


def _part(
    kind: type[Piece], written: Any, place: Place, today: date
) -> tuple[Piece | None, list[Fault]]:
    try:
        part = kind.model_validate(written)
    except ValidationError as error:
        return None, shape(error, place, "HELP_008", _FIELDS, _CODES)
    return part, [*_texts(part, place), *_seen(part, place, today), *_spoken(part, place)]


_FIELDS = fields_of(Emergency, Line, Way)
_CODES = {"not_reachable": "HELP_004"}


def _texts(part: Seen, place: Place) -> Iterator[Fault]:
    for where, missing in untold(part, LANGUAGES, place):
        yield Fault("HELP_002", missing, where)


def _spoken(part: Seen, place: Place) -> Iterator[Fault]:
    if isinstance(part, Line) and part.verified and not part.languages:
        yield Fault("HELP_007", f"Which languages does {part.id} speak?", place, True)


def _seen(what: Seen, where: Place, today: date) -> Iterator[Fault]:
    """Old, seen in the future, or never seen at all."""
    if not what.verified:
        yield Fault("HELP_006", "Not verified, so nobody is shown it.", (*where, "verified"), True)
    else:
        yield from _dated(what, where, today)


def _dated(what: Seen, where: Place, today: date) -> list[Fault]:
    """What the calendar alone finds wrong with something that is shown."""
    if not what.verified:
        return []
    if today - what.checked > KEPT_FOR:
        days = (today - what.checked).days
        old = (
            f"Checked {days} days ago, which is more than {KEPT_FOR.days}. Look it up and dial it."
        )
        return [Fault("HELP_001", old, (*where, "checked"))]
    if what.checked > today:
        return [Fault("HELP_009", "This day has not come yet.", (*where, "checked"))]
    return []


def _ids(entries: dict[Any, Any]) -> Iterator[Fault]:
    """An id is used once. (Countries may share a line by a YAML alias.)"""
    known: dict[str, Any] = {}
    for code, entry in entries.items():
        lines = entry.get("lines") if isinstance(entry, dict) else None
        for at, line in enumerate(lines if isinstance(lines, list) else ()):
            name = str(line.get("id")) if isinstance(line, dict) else ""
            if name and known.setdefault(name, line) is not line:
                place: Place = ("countries", str(code), "lines", at, "id")
                yield Fault("HELP_005", f"There is already a line called “{name}”.", place)


def _elsewhere(entry: Country | None) -> Iterator[Fault]:
    """Whoever lives where no line is known still gets a sentence and an address."""
    emergency = entry.emergency if entry else None
    words = emergency is not None and emergency.verified and emergency.words
    if entry is None or not words or not entry.shown("en", (Kind.CRISIS,)):
        yield Fault(
            "HELP_010",
            f"{ELSEWHERE} needs emergency words and a verified crisis line: it serves everybody"
            " whose country is not here.",
            ("countries", ELSEWHERE),
        )
