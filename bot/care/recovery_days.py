"""Recovery days: what has been kept stays kept, and a lapse takes away its own day only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class OutOf:
    """So many of so many days: 41 of the last 43, 5 of 7."""

    kept: int
    of: int


@dataclass(frozen=True, slots=True)
class RecoveryDays:
    """`kept`: all recovery days since the person began counting, and the days there were.

    `longest`, `present`: days in a row, the most there were and up to now.
    """

    kept: OutOf
    longest: int
    present: int


def recovery_days(since: date, lapses: Iterable[date], through: date) -> RecoveryDays:
    """From the first day counted to the last, both included; lapses outside do not matter.

    `through` is the caller's: yesterday, or today once the person has told how today went.
    """
    span = max(0, (through - since).days + 1)
    inside = sorted({day for day in lapses if since <= day <= through})
    edges = [since - timedelta(days=1), *inside, through + timedelta(days=1)]
    rows = [(end - begin).days - 1 for begin, end in pairwise(edges)]
    if span == 0:
        return RecoveryDays(OutOf(0, 0), 0, 0)
    return RecoveryDays(OutOf(span - len(inside), span), max(rows), rows[-1])
