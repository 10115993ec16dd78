"""A condition of an exercise, as a person reads it."""

from bot.catalog.condition import All, AnyCondition, AnyOf, Compare, Moved, Scored


def condition_line(condition: AnyCondition) -> str:
    """A condition as one reads it: "distress_after ≥ 8"."""
    match condition:
        case All(all=parts):
            return " and ".join(f"({condition_line(part)})" for part in parts)
        case AnyOf(any=parts):
            return " or ".join(f"({condition_line(part)})" for part in parts)
        case Compare(answer=name, is_=thing) | Scored(score=name, is_=thing) if thing is not None:
            return f"{name} is {thing}"
        case Compare(answer=name) | Scored(score=name):
            pass
        case Moved(change=pair):
            name = f"fall from {pair.before} to {pair.after}, in points of 100,"
    least = f" ≥ {condition.at_least:g}" if condition.at_least is not None else ""
    most = f" ≤ {condition.at_most:g}" if condition.at_most is not None else ""
    return f"{name}{least}{most}"
