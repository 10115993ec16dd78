"""Rules about scores and signals: items that are numbers, bands that fit, reasons told apart."""

from collections.abc import Iterator

from bot.catalog.exercise import Exercise
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.score import Score
from bot.catalog.span import reach, span
from bot.catalog.steps import AskChoice, Question


def scores(exercise: Exercise) -> Iterator[Problem]:
    """Each score is called once and adds up what can be added up."""
    seen: set[str] = set()
    for at, score in enumerate(exercise.scores):
        where = ("scores", at)
        if score.id in seen:
            yield Problem("SCORE_001", f"There is already a score “{score.id}”.", (*where, "id"))
        seen.add(score.id)
        wrong = [*_items(exercise, score, where), *_reversed(score, where)]
        yield from wrong or _bands(exercise, score, (*where, "bands"))
        if score.missing is not None and score.missing.most >= len(score.items):
            yield Problem("SCORE_004", "At least one item has to be answered.", (*where, "missing"))


def _items(exercise: Exercise, score: Score, where: Place) -> Iterator[Problem]:
    for at, name in enumerate(score.items):
        place = (*where, "items", at)
        step = exercise.find(name)
        if not isinstance(step, Question):
            hint = did_you_mean(name, exercise.questions)
            yield Problem("SCORE_002", f"There is no question called “{name}”.{hint}", place)
        elif span(step) is None:
            hint = " Give each option a value." if isinstance(step, AskChoice) else ""
            yield Problem("SCORE_002", f"“{name}” gives no number.{hint}", place)
        elif name in score.items[:at]:
            yield Problem("SCORE_002", f"“{name}” is counted twice.", place)


def _reversed(score: Score, where: Place) -> Iterator[Problem]:
    for at, name in enumerate(score.reverse):
        if name not in score.items:
            hint = did_you_mean(name, score.items)
            yield Problem(
                "SCORE_002", f"“{name}” is not among the items.{hint}", (*where, "reverse", at)
            )


def _bands(exercise: Exercise, score: Score, where: Place) -> Iterator[Problem]:
    ends = reach(exercise, score)
    if not score.bands or ends is None:
        return
    if score.bands[0].from_ != ends[0] or score.bands[-1].to != ends[1]:
        yield Problem("SCORE_003", f"The bands must reach from {ends[0]:g} to {ends[1]:g}.", where)
    for at, (one, other) in enumerate(zip(score.bands, score.bands[1:], strict=False), start=1):
        step = 1 if score.how == "sum" else other.from_ - one.to
        if other.from_ - one.to != step or not 0 < step <= 1:
            yield Problem(
                "SCORE_003",
                f"“{other.id}” must begin right after {one.to:g}, where “{one.id}” ends.",
                (*where, at, "from"),
            )


def signals(exercise: Exercise) -> Iterator[Problem]:
    """Each reason is used once, so that it is raised once."""
    reasons = [signal.reason for signal in exercise.signals]
    for at, reason in enumerate(reasons):
        if reason in reasons[:at]:
            yield Problem(
                "SIGNAL_001", f"The reason “{reason}” is used twice.", ("signals", at, "reason")
            )
