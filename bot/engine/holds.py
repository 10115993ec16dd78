"""Whether a condition holds for the answers given so far."""

from collections.abc import Mapping
from typing import assert_never

from bot.catalog.condition import All, AnyOf, Compare
from bot.engine.run import Value


def holds(condition: Compare | All | AnyOf, answers: Mapping[str, Value]) -> bool:
    """True or false; an answer that is missing compares as empty."""
    match condition:
        case All(all=parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, answers) for part in parts)
        case Compare():
            return _compare(condition, answers.get(condition.answer))
    assert_never(condition)


def _compare(test: Compare, value: Value) -> bool:
    if test.is_ is not None:
        if test.is_ == "empty":
            return value is None or value in ((), "", {})
        return value == test.is_ or (isinstance(value, tuple) and test.is_ in value)
    number = top(value)
    if number is None:
        return False
    above = test.at_least is None or number >= test.at_least
    return above and (test.at_most is None or number <= test.at_most)


def top(value: Value) -> int | None:
    """The number of an answer; of several ratings the highest; None where there is none."""
    if isinstance(value, int):
        return value
    if isinstance(value, dict) and value:
        return max(value.values())
    return None
