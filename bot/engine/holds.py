"""Whether a condition holds for the answers given so far."""

from collections.abc import Mapping
from typing import assert_never

from bot.catalog.condition import All, AnyCondition, AnyOf, Compare, Moved, Scored
from bot.catalog.exercise import Exercise
from bot.catalog.steps import AskScale, RateEach
from bot.engine.run import Value
from bot.engine.score import number_of, total

Answers = Mapping[str, Value]


def holds(condition: AnyCondition, exercise: Exercise, answers: Answers) -> bool:
    """True or false; an answer that is missing compares as empty."""
    match condition:
        case All(all=parts):
            return all(holds(part, exercise, answers) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, exercise, answers) for part in parts)
        case Compare():
            return _compare(condition, exercise, answers.get(condition.answer))
        case Scored():
            return _scored(condition, exercise, answers)
        case Moved():
            return condition.admits(_fall(condition, exercise, answers))
    assert_never(condition)


def _compare(test: Compare, exercise: Exercise, value: Value) -> bool:
    if test.is_ is None:
        return test.admits(number_of(exercise, test.answer, value))
    if test.is_ == "empty":
        return value is None or value in ((), "", {})
    return value == test.is_ or (isinstance(value, tuple) and test.is_ in value)


def _scored(test: Scored, exercise: Exercise, answers: Answers) -> bool:
    score = exercise.scored[test.score]
    value = total(exercise, score, answers)
    if test.is_ is None:
        return test.admits(value)
    if value is None or test.is_ == "empty":
        return value is None and test.is_ == "empty"
    band = score.band(value)
    return band is not None and band.id == test.is_


def _fall(test: Moved, exercise: Exercise, answers: Answers) -> float | None:
    before, after = answers.get(test.change.before), answers.get(test.change.after)
    step = exercise.step(test.change.after)
    if not isinstance(step, AskScale | RateEach):
        return None
    if isinstance(before, dict) and isinstance(after, dict):
        both = [(before[item], after[item]) for item in before if item in after]
        before, after = max(both, key=lambda pair: pair[0], default=(None, None))
    if not isinstance(before, int) or not isinstance(after, int):
        return None
    return step.scale.fall(before, after)
