"""Rules about what comes later, and about answers brought along from before."""

from collections.abc import Iterator

from bot.catalog.check.conditions import unknown
from bot.catalog.exercise import Exercise
from bot.catalog.problem import Problem, did_you_mean
from bot.catalog.steps import AskWhen


def later(exercise: Exercise) -> Iterator[Problem]:
    """What comes later hangs on a moment that was asked for and lies ahead, and quotes answers."""
    moments = {step.id: step for step in exercise.steps if isinstance(step, AskWhen)}
    for at, each in enumerate(exercise.later):
        where = ("later", at, "when")
        if each.when not in moments:
            hint = did_you_mean(each.when, moments)
            yield Problem("LATER_001", f"There is no ask_when step “{each.when}”.{hint}", where)
        elif moments[each.when].past:
            yield Problem("LATER_001", f"“{each.when}” asks for a moment that has been.", where)
        for place, name in enumerate(each.quote):
            yield from unknown(exercise, name, ("later", at, "quote", place))


def given(exercise: Exercise) -> Iterator[Problem]:
    """What is brought along is called like no step; and nobody can begin without it."""
    for at, each in enumerate(exercise.given):
        twice = each.id in [other.id for other in exercise.given[:at]]
        if each.id in exercise.places or twice:
            yield Problem(
                "GIVEN_001",
                f"“{each.id}” is already the id of something else here.",
                ("given", at, "id"),
            )
    if exercise.needs and not exercise.opt:
        yield Problem(
            "GIVEN_002",
            "An exercise that needs answers of another cannot stand in the menu: opt: true.",
            ("given",),
        )
