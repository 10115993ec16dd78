"""How it has been going: what was practised when, and what helped. Counts effort, never misses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from bot.care.feedback import Shift

WEEKS = 8
"""How far back the picture looks."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One finished exercise: which, when (UTC), and its main change if it was rated."""

    exercise: str
    at: datetime
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Best:
    """The exercise after which it was lower most: mean fall in points of 100, from n times."""

    exercise: str
    drop: int
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """Strength before and after one exercise, in points of 100, on the person's own day."""

    at: datetime
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures behind the picture. `weeks` holds each Monday with the exercises since."""

    total: int
    days: int
    weeks: tuple[tuple[date, int], ...]
    points: tuple[Point, ...]
    best: Best | None


def progress(practices: Iterable[Practice], zone: str, now: datetime) -> Progress:
    """The figures of the last eight calendar weeks in the person's own zone."""
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    recent = sorted(
        (each for each in practices if each.at.astimezone(local).date() >= first),
        key=lambda each: each.at,
    )
    dates = [each.at.astimezone(local).date() for each in recent]
    mondays = [day - timedelta(days=day.weekday()) for day in dates]
    weeks = [first + timedelta(weeks=week) for week in range(WEEKS)]
    return Progress(
        total=len(recent),
        days=len(set(dates)),
        weeks=tuple((monday, mondays.count(monday)) for monday in weeks),
        points=tuple(
            _point(each.at.astimezone(local), each.shift)
            for each in recent
            if each.shift is not None
        ),
        best=next(iter(by_exercise(recent)), None),
    )


def _point(at: datetime, shift: Shift) -> Point:
    span = shift.high - shift.low
    before, after = shift.before - shift.low, shift.after - shift.low
    return Point(at, 100 * before / span, 100 * after / span)


def by_exercise(practices: Iterable[Practice]) -> list[Best]:
    """Each exercise after which it was lower, the highest mean fall first; what was done twice or
    more goes before what was done once."""
    falls: defaultdict[str, list[float]] = defaultdict(list)
    for each in practices:
        if each.shift is not None:
            falls[each.exercise].append(each.shift.percent)
    helped = [
        Best(name, round(fmean(several)), len(several))
        for name, several in falls.items()
        if fmean(several) >= 1
    ]
    return sorted(helped, key=lambda best: (best.n > 1, best.drop, best.n), reverse=True)
