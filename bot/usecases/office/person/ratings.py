"""Mood, urges and distress of one person, day by day, from check-ins and the diary card."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from sqlmodel import Session

from bot.catalog.exercise import Exercise, Modality
from bot.catalog.steps import AskScale, RateEach
from bot.engine.score import number_of
from bot.store import revisions
from bot.store.runs import StoredRun
from bot.usecases.office.person.stretch import Stretch

TOP = 10
"""Every scale is stretched to 0 to 10, so that they stand in one figure."""
DIARY, OF_A_WEEK = "dbt.diary", "check.week"
"""The diary card counts too; ratings of a whole week belong to no day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One curve: which questions it is made of, and what several ratings of one day become."""

    code: str
    asks: Callable[[str], bool]
    of_a_day: Callable[[Collection[float]], float]


KINDS = (
    Kind("mood", lambda step: step == "mood", fmean),
    Kind(
        "urge",
        lambda step: (
            step == "craving_now" or step.partition("_")[0] == "urge" or step == "own_strength"
        ),
        max,
    ),
    Kind("distress", lambda step: step in ("anxiety", "misery"), fmean),
)
"""Of a day's moods and distress the mean, of its urges the strongest."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve by its code: a value from 0 to 10 for each local date that has one, in order."""

    code: str
    points: tuple[tuple[date, float], ...]


def curves(session: Session, told: Iterable[StoredRun], stretch: Stretch) -> tuple[Curve, ...]:
    """Those curves for which something was rated."""
    days: dict[str, dict[date, list[float]]] = {kind.code: defaultdict(list) for kind in KINDS}
    for stored in told:
        exercise = revisions.recall(session, stored.revision)
        day = stored.run.about or stretch.day_of(stored.started_at)
        if tells_of_a_day(exercise) and stretch.holds(day):
            for code, value in _rated(exercise, stored):
                days[code][day].append(value)
    found = (
        Curve(
            kind.code,
            tuple((day, kind.of_a_day(values)) for day, values in sorted(days[kind.code].items())),
        )
        for kind in KINDS
    )
    return tuple(each for each in found if each.points)


def tells_of_a_day(exercise: Exercise) -> bool:
    """Whether an exercise asks how a day is or was."""
    return exercise.id == DIARY or (
        exercise.modality is Modality.CHECK_IN and exercise.id != OF_A_WEEK
    )


def _rated(exercise: Exercise, stored: StoredRun) -> Iterator[tuple[str, float]]:
    for name, value in stored.run.answers.items():
        code = next((kind.code for kind in KINDS if kind.asks(name)), None)
        step = exercise.find(name) if code is not None else None
        if code is not None and isinstance(step, AskScale | RateEach):
            number = number_of(exercise, name, value)
            if number is not None:
                low, high = step.scale.min, step.scale.max
                yield code, TOP * (number - low) / (high - low)
