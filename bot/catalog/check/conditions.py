"""Rules about what is compared: in branches and remarks, before and after."""

from collections.abc import Iterator

from bot.catalog.condition import Condition, compares
from bot.catalog.exercise import Exercise
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.steps import AskChoice, AskScale, Branch, Finish, Pace, Question, RateEach


def conditions(exercise: Exercise) -> Iterator[Problem]:
    """Conditions look at answers that exist, for something those answers can be."""
    for place, step in enumerate(exercise.steps):
        if isinstance(step, Branch):
            yield from _condition(exercise, step.when, ("steps", place, "when"))
        if isinstance(step, Finish):
            for at, remark in enumerate(step.remarks):
                where = ("steps", place, "remarks", at, "when")
                yield from _condition(exercise, remark.when, where)
            for field in ("shows", "counts"):
                yield from _unknown(exercise, getattr(step, field), ("steps", place, field))
    for at, suggestion in enumerate(exercise.suggest):
        if suggestion.when is not None:
            yield from _condition(exercise, suggestion.when, ("suggest", at, "when"))


def _condition(exercise: Exercise, condition: Condition, where: Place) -> Iterator[Problem]:
    for compare in compares(condition):
        yield from _unknown(exercise, (compare.answer,), where)
        place = exercise.places.get(compare.answer)
        step = None if place is None else exercise.steps[place]
        if not isinstance(step, Question | Pace):
            continue
        if compare.is_ is None and not isinstance(step, AskScale | RateEach | Pace):
            yield Problem(
                "COND_004", f"“{step.id}” is not a number, so it cannot be compared as one.", where
            )
        options = [option.id for option in step.options] if isinstance(step, AskChoice) else []
        if options and compare.is_ not in (None, "empty", *options):
            hint = did_you_mean(str(compare.is_), options)
            yield Problem(
                "COND_005", f"“{compare.is_}” is not an option of “{step.id}”.{hint}", where
            )


def _unknown(exercise: Exercise, names: tuple[str, ...], where: Place) -> Iterator[Problem]:
    known = {step.id for step in exercise.steps if isinstance(step, Question | Pace)}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            yield Problem("COND_001", f"There is no answer called “{name}”.{hint}", where)


def changes(exercise: Exercise) -> Iterator[Problem]:
    """What is compared before and after is of one kind and on one scale."""
    for place, step in enumerate(exercise.steps):
        if not isinstance(step, Finish):
            continue
        for at, change in enumerate(step.changes):
            where = ("steps", place, "changes", at)
            pair = [exercise.places.get(name) for name in (change.before, change.after)]
            asked = [exercise.steps[spot] for spot in pair if spot is not None]
            rated = [one for one in asked if isinstance(one, AskScale | RateEach)]
            if len(rated) != 2:
                yield Problem(
                    "COND_002",
                    f"“{change.before}” and “{change.after}” must both be ratings.",
                    where,
                )
            elif rated[0].scale.marks != rated[1].scale.marks or type(rated[0]) is not type(
                rated[1]
            ):
                yield Problem("COND_003", "Before and after need the same scale.", where)
