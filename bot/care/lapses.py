"""On which days there was a lapse, by what was told when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Told:
    """A lapse was told of on `on`; `day` is the day it was, None where nobody asked which."""

    on: date
    day: date | None = None


def lapse_days(told: Iterable[Told]) -> frozenset[date]:
    """The days of lapses. What a check-in tells and a lapse report of the same day dates is one
    lapse, not two."""
    told = tuple(told)
    dated = {each.on for each in told if each.day is not None}
    return frozenset(
        each.day or each.on for each in told if each.day is not None or each.on not in dated
    )
