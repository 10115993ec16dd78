"""Whom a person can call or write to when help is needed now, country by country."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from re import compile as pattern
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.catalog.steps import Part
from bot.catalog.text import Language, Text, said

ELSEWHERE = "ZZ"
"""The entry for a country that is unknown or has none of its own."""

EMERGENCY_DIGITS = 6
MOST_DIGITS = 15
"""What the telephone network takes (E.164)."""

_NUMBER = pattern(r"[+*]?\d+([ -]?\d+)*(-[A-Z]{3,8})?")
_ADDRESS = pattern(r"([a-z0-9-]+\.)+[a-z]{2,}(/[^\s]*)?")


def _is_number(written: str) -> bool:
    digits = sum(sign.isalnum() for sign in written)
    return _NUMBER.fullmatch(written) is not None and 2 <= digits <= MOST_DIGITS


class Kind(StrEnum):
    """What a line is for. CRISIS lines come first, whatever else is asked for."""

    CRISIS = "crisis"
    SUICIDE = "suicide"
    DOMESTIC_VIOLENCE = "domestic_violence"
    POISON = "poison"
    SUBSTANCE_USE = "substance_use"
    VETERANS = "veterans"
    LGBTQ_YOUTH = "lgbtq_youth"
    SEXUAL_ASSAULT = "sexual_assault"
    CHILD_ABUSE = "child_abuse"
    TEXT = "text"
    DIRECTORY = "directory"


class Way(Part):
    """One way to reach a line: where to, what to write (`words`) or to press (`then`)."""

    by: Literal["call", "text", "whatsapp", "tty", "chat", "web"]
    to: str
    words: str | None = None
    then: Text | None = None
    languages: tuple[Language, ...] = ()
    hours: Text | None = None

    @model_validator(mode="after")
    def _reachable(self) -> "Way":
        if self.by in ("chat", "web"):
            good, wanted = _ADDRESS.fullmatch(self.to) is not None, "an address"
        else:
            good, wanted = _is_number(self.to), "a number"
        if not good:
            raise PydanticCustomError("not_reachable", f"“{self.to}” does not look like {wanted}")
        return self


class Seen(Part):
    """What somebody looked up: where, when, and whether it may be shown."""

    source: str = Field(min_length=3)
    checked: date
    verified: bool = True


class Emergency(Seen):
    """The number to call when someone is in danger; where it is not known, words instead."""

    numbers: tuple[str, ...] = ()
    words: Text | None = None

    @model_validator(mode="after")
    def _numbers_or_words(self) -> "Emergency":
        if bool(self.numbers) == bool(self.words):
            raise ValueError("emergency needs either numbers: or words:")
        for number in self.numbers:
            if not _is_number(number) or len(number) > EMERGENCY_DIGITS:
                raise PydanticCustomError(
                    "not_reachable", f"“{number}” does not look like an emergency number"
                )
        return self

    def said(self, language: str) -> str:
        """ "112 / 999", or "your local emergency number": fits behind "call", and behind "al"."""
        return " / ".join(self.numbers) or said(self.words or {}, language)


class Line(Seen):
    """One help line. Without `languages` nobody knows which are spoken."""

    id: str = Field(pattern=r"^[a-z]{2}\.[a-z0-9_]{2,40}$")
    name: Text
    kinds: tuple[Kind, ...] = Field(min_length=1)
    ways: tuple[Way, ...] = Field(min_length=1)
    languages: tuple[Language, ...] = ()
    note: Text | None = None

    @property
    def is_list(self) -> bool:
        """Whether it only lists lines: nobody answers there."""
        return Kind.DIRECTORY in self.kinds

    def ways_in(self, language: str) -> tuple[Way, ...]:
        """The ways a speaker of this language takes; all of them where none is theirs."""
        theirs = tuple(way for way in self.ways if language in (way.languages or self.languages))
        return theirs or self.ways


class Country(Part):
    """The emergency number of a country and its lines, the unverified ones among them."""

    code: str
    emergency: Emergency | None = None
    lines: tuple[Line, ...] = ()

    def shown(self, language: str, kinds: Collection[Kind] = ()) -> tuple[Line, ...]:
        """The verified lines (of these kinds, if any are named), as they are shown.

        Crisis lines come first, among them those in the person's language, then file order.
        """
        fitting = [
            line
            for line in self.lines
            if line.verified and (not kinds or any(kind in kinds for kind in line.kinds))
        ]
        return tuple(
            sorted(
                fitting,
                key=lambda line: (Kind.CRISIS not in line.kinds, language not in line.languages),
            )
        )

    def emergency_said(self, language: str) -> str:
        """What to put behind "call": never empty for a country from `Helplines.for_country`."""
        return self.emergency.said(language) if self.emergency else ""


NOWHERE = Country(
    code=ELSEWHERE,
    emergency=Emergency(
        words={
            "en": "your local emergency number",
            "es": "número de emergencias del lugar donde estás",
        },
        source="our own words",
        checked=date.min,
    ),
)
"""What remains when the file cannot be read: nobody is left without a sentence."""


class Helplines(Part):
    """All countries by code."""

    countries: dict[str, Country]

    def seen(self) -> Iterator[Seen]:
        """Everything somebody looked up, of all countries."""
        for country in self.countries.values():
            yield from (country.emergency,) if country.emergency else ()
            yield from country.lines

    def for_country(self, code: str | None) -> Country:
        """The country of this ISO 3166 code; what it lacks comes from ZZ, and so does a stranger.

        Its emergency number is always a verified one, or the words of ZZ.
        """
        elsewhere = self.countries.get(ELSEWHERE, NOWHERE)
        here = self.countries.get((code or ELSEWHERE).upper(), elsewhere)
        emergencies = (each.emergency for each in (here, elsewhere, NOWHERE))
        return Country(
            code=here.code,
            emergency=next(each for each in emergencies if each and each.verified),
            lines=here.lines if here.shown("en") else elsewhere.lines,
        )
