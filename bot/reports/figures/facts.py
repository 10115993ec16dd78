"""What a figure is drawn from: values on days, states of days, bands, pairs and counts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite


@dataclass(frozen=True, slots=True)
class Series:
    """One thing followed over days. Days without a value are gaps; nothing is made up for them."""

    name: str
    points: tuple[tuple[date, float], ...]

    def between(self, start: date, end: date) -> tuple[tuple[date, float], ...]:
        """The points from `start` to `end`, both included, in order of their days."""
        found = [each for each in self.points if start <= each[0] <= end and isfinite(each[1])]
        return tuple(sorted(found, key=lambda each: each[0]))


class State(StrEnum):
    """What became of one day's check-in."""

    ANSWERED = "answered"
    SENT = "sent"
    """Sent, and not answered."""
    SKIPPED = "skipped"
    """The person said: not today."""
    PAUSED = "paused"
    """The person had paused what comes by itself."""
    OUTAGE = "outage"
    """We were down: never counted as the person's silence."""
    NONE = "none"
    """Nothing was planned."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar; days that are not given are `State.NONE`."""

    day: date
    state: State


@dataclass(frozen=True, slots=True)
class Band:
    """A range of a score that has a name; both ends belong to it."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One exercise: strength before and after, 0 to 100."""

    label: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Bar:
    """How many in one week."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A figure as a table, for whoever reads or hears numbers better than a picture."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
