"""From values and days to places in a figure, and which of them get a number beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from bot.reports.figures.svg import width

STEPS = (1, 2, 3, 7, 14, 28)
"""Days between two labels."""
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
MOST = 5
"""Numbers beside an axis."""
APART = 13
"""Units between two of them, so that they do not touch."""


@dataclass(frozen=True, slots=True)
class Up:
    """Values from `low` at `bottom` to `high` at `top`; what lies outside stands on the edge."""

    low: float
    high: float
    top: float
    bottom: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        span = self.high - self.low
        share = (min(max(value, self.low), self.high) - self.low) / span if span > 0 else 0.5
        return self.bottom - share * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Along:
    """Days from `start` at `left` to `end` at `right`."""

    start: date
    end: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day stands; a single day in the middle."""
        days = (self.end - self.start).days
        if days <= 0:
            return (self.left + self.right) / 2
        return self.left + (day - self.start).days / days * (self.right - self.left)

    @property
    def step(self) -> float:
        """From one day to the next."""
        return (self.right - self.left) / max((self.end - self.start).days, 1)


def ordered(low: float, high: float) -> tuple[float, float]:
    """The ends of a scale, the lower first, never the same."""
    low, high = min(low, high), max(low, high)
    return (low, high) if high > low else (low, low + 1)


def numbers(low: float, high: float) -> tuple[float, ...]:
    """Round numbers from low to high, at most MOST of them; both ends if they are round."""
    rough = (high - low) / (MOST - 1)
    if not isfinite(rough) or rough <= 0:
        return (low,)
    size = 10.0 ** floor(log10(rough))
    for times in (1, 2, 2.5, 5, 10, 20):
        step = size * times
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        whole = step == int(step) or high - low < MOST
        if last - first < MOST and whole:
            return tuple(each * step for each in range(first, last + 1))
    return (low, high)


def spaced(values: Iterable[float], up: Up) -> tuple[float, ...]:
    """Those that can have a number beside them without touching the one below."""
    kept: list[float] = []
    for value in sorted(set(values)):
        if not kept or up.at(kept[-1]) - up.at(value) >= APART:
            kept.append(value)
    return tuple(kept)


def number(value: float, language: str) -> str:
    """As people write it, with one decimal at most."""
    return str(format_decimal(round(value, 1), "#,##0.#", locale=language))


def day(when: date, language: str) -> str:
    """Month and day, in the order of the language."""
    return str(format_skeleton("MMMd", when, locale=language))


def full_day(when: date, language: str) -> str:
    """With its year."""
    return str(format_skeleton("yMMMd", when, locale=language))


def days(along: Along, language: str) -> tuple[tuple[date, str], ...]:
    """The days that get a label, as many as fit beside each other."""
    if along.end < along.start:
        return ()
    step = _fitting(along, language)
    if step is None:
        return _months(along, language)
    count = (along.end - along.start).days // step
    shown = [along.start + timedelta(days=step * each) for each in range(count + 1)]
    return tuple((each, day(each, language)) for each in shown)


def _fitting(along: Along, language: str) -> int | None:
    room = max(width(day(each, language)) for each in (along.start, along.end)) + 14
    return next((step for step in STEPS if step * along.step >= room), None)


def _months(along: Along, language: str) -> tuple[tuple[date, str], ...]:
    """The first of a month each; every second, third … when they stand too near."""
    for every in MONTHS:
        marks = tuple(
            (each, str(format_skeleton("yMMM", each, locale=language)))
            for each in _firsts(along.start, along.end)
            if (each.year * 12 + each.month - 1) % every == 0
        )
        wide = max((width(label) for _, label in marks), default=0) + 12
        if all(along.at(b[0]) - along.at(a[0]) >= wide for a, b in pairwise(marks)):
            return marks
    return ()


def _firsts(start: date, end: date) -> Iterable[date]:
    at = start.replace(day=1)
    while at <= end:
        if at >= start:
            yield at
        at = (at + timedelta(days=32)).replace(day=1)
