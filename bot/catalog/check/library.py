"""Rules about all exercises together."""

from collections.abc import Iterator

from bot.catalog.exercise import Exercise
from bot.catalog.problem import Problem, did_you_mean


def together(exercises: tuple[Exercise, ...], broken: frozenset[str]) -> Iterator[Problem]:
    """What is offered next exists. (That ids are used once is seen while reading the files.)

    `broken` are the ids of files that have problems of their own; these are told there.
    """
    known = {exercise.id for exercise in exercises} | broken
    for exercise in exercises:
        for at, suggestion in enumerate(exercise.suggest):
            for name in suggestion.offer:
                if name not in known:
                    hint = did_you_mean(name, known)
                    yield Problem(
                        "LIB_001",
                        f"There is no exercise called “{name}”.{hint}",
                        ("suggest", at, "offer"),
                        file=exercise.id,
                    )
