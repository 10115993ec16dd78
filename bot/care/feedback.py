"""What changed between a rating before and the same rating after, in the words of the brief.

Source: clinical brief, section A0, "Feedback rules": bands of D = before − after in points of a
0–100 scale. Other scales are stretched to it first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.exercise import Exercise
from bot.catalog.steps import AskScale, Change, Finish, RateEach


class Band(StrEnum):
    """How much a rating moved."""

    LARGE = "large"
    SMALL = "small"
    SAME = "same"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Shift:
    """One rating before and after, both on the scale they were asked on.

    `item` is the entry of a list that was rated, "" for a single rating. `low` and `high` are the
    ends of the scale.
    """

    item: str
    before: int
    after: int
    low: int
    high: int

    @property
    def points(self) -> int:
        """How far it fell, in points of its own scale; negative when it rose."""
        return self.before - self.after

    @property
    def percent(self) -> float:
        """How far it fell, in points of 100."""
        return 100 * self.points / (self.high - self.low)

    @property
    def band(self) -> Band:
        """The band of the brief: ≥ 20, 5 to 19, −4 to 4, ≤ −5."""
        if self.percent >= 20:
            return Band.LARGE
        if self.percent >= 5:
            return Band.SMALL
        return Band.SAME if self.percent > -5 else Band.UP

    @property
    def was_calm(self) -> bool:
        """Whether there was nothing to bring down, before and after."""
        return self.before == self.after == self.low


def strongest(shifts: tuple[Shift, ...]) -> Shift | None:
    """The one the feedback speaks of: what was strongest before."""
    return max(shifts, key=lambda shift: shift.before, default=None)


def shifts(before: object, after: object, low: int, high: int) -> tuple[Shift, ...]:
    """Pairs ratings before with ratings after; what lacks its partner is left out."""
    if isinstance(before, int) and isinstance(after, int):
        return (Shift("", before, after, low, high),)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return tuple(
            Shift(str(item), before[item], after[item], low, high)
            for item in before
            if item in after
        )
    return ()


def moved(
    exercise: Exercise, end: Finish, answers: Mapping[str, object]
) -> tuple[tuple[Change, tuple[Shift, ...]], ...]:
    """Every rating this end compares, with how far it moved; those without both are left out."""
    found = []
    for change in end.changes:
        step = exercise.find(change.after)  # the rating before may come from an earlier exercise
        if isinstance(step, AskScale | RateEach):
            pair = answers.get(change.before), answers.get(change.after)
            found.append((change, shifts(*pair, step.scale.min, step.scale.max)))
    return tuple((change, several) for change, several in found if several)


def main_shift(exercise: Exercise, end: Finish, answers: Mapping[str, object]) -> Shift | None:
    """The change the feedback speaks of: of the first feeling compared, the strongest before."""
    felt = [
        several for change, several in moved(exercise, end, answers) if change.kind == "intensity"
    ]
    return strongest(felt[0]) if felt else None
