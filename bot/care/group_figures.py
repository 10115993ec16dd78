"""Figures of a group without names: never about fewer than five people, never a single answer.

The text of the consent promises "no figure for fewer than five people", so each day of the curve
stands on five people too, not only the group as a whole.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from statistics import fmean, quantiles
from typing import Generic, TypeVar
from uuid import UUID

from bot.care.group_ring import LEAST

A_DAY = LEAST
"""So many different people must have rated a day before it is drawn."""
CHOSE = 3
"""So many people must have chosen something before it is told."""
What = TypeVar("What", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person rated on one day (their own local date)."""

    person: UUID
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One day of a group: the middle rating, and the span in which the middle half lies."""

    day: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Chosen(Generic[What]):
    """So many different people chose this."""

    what: What
    people: int


def curve(counted: AbstractSet[UUID], ratings: Iterable[Rating]) -> tuple[DayFigure, ...]:
    """Median and quartiles of each day; empty where fewer than five agreed to be counted, without
    the days on which fewer than five of them rated anything. Of several ratings of one person on
    a day, the mean counts, so that nobody weighs more than another."""
    if len(counted) < LEAST:
        return ()
    days: defaultdict[date, defaultdict[UUID, list[float]]] = defaultdict(lambda: defaultdict(list))
    for each in ratings:
        if each.person in counted:
            days[each.day][each.person].append(each.value)
    return tuple(
        DayFigure(day, *quantiles(map(fmean, rated.values()), n=4, method="inclusive"))
        for day, rated in sorted(days.items())
        if len(rated) >= A_DAY
    )


def chosen_most(
    counted: AbstractSet[UUID], choices: Iterable[tuple[UUID, What]], most: int
) -> tuple[Chosen[What], ...]:
    """What most people chose, each person once for each thing; at most so many. Empty where fewer
    than five agreed to be counted, and never what fewer than three chose."""
    if len(counted) < LEAST:
        return ()
    apart = dict.fromkeys((person, what) for person, what in choices if person in counted)
    found = Counter(what for _, what in apart)
    return tuple(Chosen(what, n) for what, n in found.most_common(most) if n >= CHOSE)
