"""Rules about all exercises together."""

from collections.abc import Iterator
from dataclasses import replace

from bot.catalog.exercise import Exercise
from bot.catalog.flow import certain
from bot.catalog.later import Given, Later
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.steps import AskScale, Finish, Question

Shelf = dict[str, Exercise]


def together(exercises: tuple[Exercise, ...], broken: frozenset[str]) -> Iterator[Problem]:
    """What is offered next or later exists. (That ids are used once is seen while reading.)

    `broken` are the ids of files that have problems of their own; these are told there.
    """
    shelf = {exercise.id: exercise for exercise in exercises}
    for exercise in exercises:
        for problem in (*_offered(exercise, shelf, broken), *_promised(exercise, shelf, broken)):
            yield replace(problem, file=exercise.id)


def _offered(exercise: Exercise, shelf: Shelf, broken: frozenset[str]) -> Iterator[Problem]:
    for at, suggestion in enumerate(exercise.suggest):
        for name in suggestion.offer:
            where = ("suggest", at, "offer")
            yield from _unknown(name, shelf, broken, where)
            if name in shelf and shelf[name].needs:
                yield Problem(
                    "LIB_003",
                    f"“{name}” needs answers brought along, so it can only come later.",
                    where,
                )


def _unknown(name: str, shelf: Shelf, broken: frozenset[str], where: Place) -> Iterator[Problem]:
    if name not in shelf and name not in broken:
        hint = did_you_mean(name, shelf.keys() | broken)
        yield Problem("LIB_001", f"There is no exercise called “{name}”.{hint}", where)


def _promised(exercise: Exercise, shelf: Shelf, broken: frozenset[str]) -> Iterator[Problem]:
    for at, each in enumerate(exercise.later):
        if each.ask is None:
            continue
        where = ("later", at, "ask")
        yield from _unknown(each.ask, shelf, broken, where)
        if each.ask in shelf:
            for wanted in shelf[each.ask].needs:
                yield from _brought(exercise, each, wanted, where)


def _brought(exercise: Exercise, each: Later, wanted: Given, where: Place) -> Iterator[Problem]:
    """Each answer the review needs is certain to be there once the moment was chosen."""
    step = exercise.find(wanted.id)
    if not isinstance(step, Question):
        hint = did_you_mean(wanted.id, exercise.questions)
        yield Problem(
            "LIB_003",
            f"“{each.ask}” needs the answer “{wanted.id}”, which is not asked here.{hint}",
            where,
        )
        return
    known = certain(exercise, each.when) if each.when in exercise.places else {}
    ends = [names for end, names in known.items() if isinstance(exercise.step(end), Finish)]
    if any(wanted.id not in names for names in ends):
        yield Problem(
            "LIB_003",
            f"“{each.ask}” needs the answer “{wanted.id}”, which may be empty at the end.",
            where,
        )
    scale = step.scale.marks if isinstance(step, AskScale) else None
    if wanted.scale is not None and wanted.scale.marks != scale:
        yield Problem(
            "LIB_003", f"“{each.ask}” takes “{wanted.id}” as a number on another scale.", where
        )
