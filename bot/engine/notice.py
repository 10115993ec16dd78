"""What others must hear of as answers come in, and what is promised for later at the end."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bot.catalog.exercise import Exercise
from bot.engine.event import Altered, Promised, Signalled
from bot.engine.holds import holds
from bot.engine.moment import utc_of
from bot.engine.run import Run, Value


def signals(
    exercise: Exercise, run: Run, answers: dict[str, Value]
) -> tuple[Run, tuple[Signalled, ...]]:
    """The signals whose condition holds for the first time, and the run that remembers them."""
    fresh = tuple(
        Signalled(each.tier, each.reason)
        for each in exercise.signals
        if each.reason not in run.signalled and holds(each.when, exercise, answers)
    )
    if not fresh:
        return run, ()
    known = (*run.signalled, *(each.reason for each in fresh))
    return run.model_copy(update={"signalled": known}), fresh


def altered(
    exercise: Exercise, run: Run, answers: Mapping[str, Value]
) -> tuple[Run, tuple[Altered, ...]]:
    """The signals whose condition holds no more, and the run that forgets them. A question that was
    only gone back to keeps its answer until it has another."""
    if not run.signalled:
        return run, ()
    kept = {**run.answers, **answers}
    gone = tuple(
        Altered(each.reason)
        for each in exercise.signals
        if each.reason in run.signalled
        and not holds(each.when, exercise, answers)
        and not holds(each.when, exercise, kept)
    )
    if not gone:
        return run, ()
    still = tuple(each for each in run.signalled if Altered(each) not in gone)
    return run.model_copy(update={"signalled": still}), gone


def promises(exercise: Exercise, run: Run, now: datetime) -> Iterator[Promised]:
    """What comes later, by the moments that were chosen; what would be over already does not."""
    for place, each in enumerate(exercise.later):
        moment = utc_of(run.answers.get(each.when))
        if moment is None:
            continue
        at = moment + timedelta(minutes=each.offset_minutes)
        if at > now:
            yield Promised(at, place, each.ask, each.quote)
