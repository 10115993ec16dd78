"""What the answers add up to."""

from collections.abc import Mapping
from math import floor

from bot.catalog.exercise import Exercise
from bot.catalog.number import whole
from bot.catalog.score import Score
from bot.catalog.span import span
from bot.catalog.steps import AskChoice
from bot.engine.run import Value


def number_of(exercise: Exercise, name: str, value: Value) -> float | None:
    """The number of an answer: what was rated, or what the chosen option counts as.

    Of several ratings the highest. None where the answer is no number.
    """
    step = exercise.find(name)
    if isinstance(step, AskChoice):
        values = (option.value for option in step.options if option.id == value)
        return next(values, None)
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict) and value:
        return max(value.values())
    return None


def total(exercise: Exercise, score: Score, answers: Mapping[str, Value]) -> float | None:
    """The score; None while more items are missing than may be.

    A sum with items made up by `prorate` is rounded to a whole number (half up), as questionnaires
    that allow it do; a mean to two decimals.
    """
    given = [
        number
        for name in score.items
        if (number := _item(exercise, score, name, answers.get(name))) is not None
    ]
    missing = len(score.items) - len(given)
    if missing > (score.missing.most if score.missing else 0) or not given:
        return None
    by = score.missing.by if score.missing and missing else "none"
    counted = len(given) if by == "prorate" else len(score.items)
    if score.how == "mean":
        return whole(round(score.times * sum(given) / counted, 2))
    if by == "prorate":
        return score.times * floor(sum(given) * len(score.items) / len(given) + 0.5)
    return whole(round(score.times * sum(given), 2))


def estimated(exercise: Exercise, score: Score, answers: Mapping[str, Value]) -> int:
    """How many items had no answer and got the mean of the others."""
    if score.missing is None or score.missing.by != "prorate":
        return 0
    given = (_item(exercise, score, name, answers.get(name)) for name in score.items)
    return sum(number is None for number in given)


def _item(exercise: Exercise, score: Score, name: str, value: Value) -> float | None:
    number = number_of(exercise, name, value)
    ends = span(exercise.find(name)) if name in score.reverse else None
    return number if number is None or ends is None else ends[0] + ends[1] - number
