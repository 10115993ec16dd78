"""Rules about what is compared: in branches, remarks, offers and signals, before and after."""

from collections.abc import Iterator

from bot.catalog.condition import Compare, Condition, Moved, Pair, Scored, singles
from bot.catalog.exercise import Exercise
from bot.catalog.later import Given
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.steps import (
    AskChoice,
    AskMany,
    AskNumber,
    AskScale,
    Branch,
    Change,
    Finish,
    Question,
    RateEach,
    Step,
    Timed,
)


def conditions(exercise: Exercise) -> Iterator[Problem]:
    """Conditions look at answers that exist, for something those answers can be."""
    for condition, where in all_conditions(exercise):
        for way, single in singles(condition):
            match single:
                case Compare():
                    yield from _compared(exercise, single, (*where, *way))
                case Scored():
                    yield from _scored(exercise, single, (*where, *way))
                case Moved():
                    yield from _changed(exercise, single.change, (*where, *way))


def all_conditions(exercise: Exercise) -> Iterator[tuple[Condition, Place]]:
    """Every condition of an exercise with the way to it."""
    for place, step in enumerate(exercise.steps):
        if isinstance(step, Branch):
            yield step.when, ("steps", place, "when")
        if isinstance(step, Finish):
            for at, remark in enumerate(step.remarks):
                yield remark.when, ("steps", place, "remarks", at, "when")
    for at, suggestion in enumerate(exercise.suggest):
        if suggestion.when is not None:
            yield suggestion.when, ("suggest", at, "when")
    for at, signal in enumerate(exercise.signals):
        yield signal.when, ("signals", at, "when")


def named(exercise: Exercise) -> Iterator[Problem]:
    """What the end shows, counts and scores exists."""
    for place, step in enumerate(exercise.steps):
        if not isinstance(step, Finish):
            continue
        for field in ("shows", "counts"):
            for name in getattr(step, field):
                yield from unknown(exercise, name, ("steps", place, field))
        for name in step.scores:
            yield from _unknown_score(exercise, name, ("steps", place, "scores"))


def _compared(exercise: Exercise, test: Compare, where: Place) -> Iterator[Problem]:
    yield from unknown(exercise, test.answer, where)
    step = _answer(exercise, test.answer)
    if step is None:
        return
    if test.is_bounded and not _is_number(step):
        hint = " Give each option a value." if isinstance(step, AskChoice) else ""
        yield Problem(
            "COND_004",
            f"“{test.answer}” is not a number, so it cannot be compared as one.{hint}",
            where,
        )
    options = [each.id for each in step.options] if isinstance(step, AskChoice | AskMany) else []
    if options and test.is_ not in (None, "empty", *options):
        hint = did_you_mean(str(test.is_), options)
        yield Problem("COND_005", f"“{test.is_}” is not an option of “{test.answer}”.{hint}", where)


def _is_number(step: Step | Given) -> bool:
    if isinstance(step, AskChoice):
        return step.is_numeric
    if isinstance(step, Given):
        return step.scale is not None
    return isinstance(step, AskScale | AskNumber | RateEach | Timed)


def _scored(exercise: Exercise, test: Scored, where: Place) -> Iterator[Problem]:
    yield from _unknown_score(exercise, test.score, where)
    score = exercise.scored.get(test.score)
    bands = [band.id for band in score.bands] if score is not None else []
    if score is not None and test.is_ not in (None, "empty", *bands):
        hint = did_you_mean(str(test.is_), bands)
        yield Problem("COND_005", f"“{test.is_}” is not a band of “{test.score}”.{hint}", where)


def _answer(exercise: Exercise, name: str) -> Step | Given | None:
    """The step or what was brought along, if it has an answer."""
    step = exercise.find(name)
    return step if isinstance(step, Question | Timed) else exercise.brought.get(name)


def unknown(exercise: Exercise, name: str, where: Place) -> Iterator[Problem]:
    """Nobody gives an answer of this name."""
    if _answer(exercise, name) is None:
        known = {step.id for step in exercise.steps if isinstance(step, Question | Timed)}
        hint = did_you_mean(name, known | exercise.brought.keys())
        yield Problem("COND_001", f"There is no answer called “{name}”.{hint}", where)


def _unknown_score(exercise: Exercise, name: str, where: Place) -> Iterator[Problem]:
    if name not in exercise.scored:
        hint = did_you_mean(name, exercise.scored)
        yield Problem("COND_006", f"There is no score called “{name}”.{hint}", where)


def changes(exercise: Exercise) -> Iterator[Problem]:
    """What is compared before and after is of one kind and on one scale."""
    for place, step in enumerate(exercise.steps):
        if isinstance(step, Finish):
            for at, change in enumerate(step.changes):
                yield from _changed(exercise, change, ("steps", place, "changes", at))


def _changed(exercise: Exercise, change: Change | Pair, where: Place) -> Iterator[Problem]:
    rated = [
        one
        for one in (_answer(exercise, name) for name in (change.before, change.after))
        if isinstance(one, AskScale | RateEach | Given) and one.scale is not None
    ]
    if len(rated) != 2 or isinstance(rated[1], Given):
        yield Problem(
            "COND_002", f"“{change.before}” and “{change.after}” must both be ratings.", where
        )
        return
    before, after = rated
    same_kind = isinstance(before, RateEach) == isinstance(after, RateEach)
    assert before.scale is not None
    assert after.scale is not None
    if before.scale.marks != after.scale.marks or not same_kind:
        yield Problem("COND_003", "Before and after need the same scale.", where)
