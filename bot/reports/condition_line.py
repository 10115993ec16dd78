"""A condition of an exercise, as a person reads it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.catalog.condition import All, AnyCondition, AnyOf, Compare, Moved, Scored

JOINS: Mapping[str, str] = MappingProxyType(
    {
        "all": "and",
        "any": "or",
        "is": "is",
        "fall": "fall from {before} to {after}, in points of 100,",
    }
)


def condition_line(condition: AnyCondition, joins: Mapping[str, str] = JOINS) -> str:
    """A condition as one reads it: "distress_after ≥ 8". `joins` are the words between."""
    match condition:
        case All(all=parts):
            between = f" {joins['all']} "
            return between.join(f"({condition_line(part, joins)})" for part in parts)
        case AnyOf(any=parts):
            between = f" {joins['any']} "
            return between.join(f"({condition_line(part, joins)})" for part in parts)
        case Compare(answer=name, is_=thing) | Scored(score=name, is_=thing) if thing is not None:
            return f"{name} {joins['is']} {thing}"
        case Compare(answer=name) | Scored(score=name):
            pass
        case Moved(change=pair):
            name = joins["fall"].format(before=pair.before, after=pair.after)
    least = f" ≥ {condition.at_least:g}" if condition.at_least is not None else ""
    most = f" ≤ {condition.at_most:g}" if condition.at_most is not None else ""
    return f"{name}{least}{most}"
