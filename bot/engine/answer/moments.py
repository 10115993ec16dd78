"""A day and a time, tapped or typed, on the person's own clock."""

from datetime import datetime, timedelta

from bot.catalog.steps import AskWhen
from bot.engine.answer.reading import Reading, Whole, folded
from bot.engine.event import Refused, Why
from bot.engine.given import Pressed, Said
from bot.engine.moment import kept, local_of, pressed, wall
from bot.engine.run import Run
from bot.engine.typed_moment import typed_moment

FAR = timedelta(days=400)
"""Nobody plans further ahead here; a slip of the year is caught."""
LONG_AGO = timedelta(days=366 * 100)


def moment(step: AskWhen, run: Run, given: Said | Pressed, now: datetime) -> Reading:
    """The moment as it is kept, or why it cannot be one."""
    here = wall(now, run.zone)
    if isinstance(given, Pressed):
        local = pressed(given.choice)
    else:
        local = typed_moment(folded(given.text), run.language, here, past=step.past)
    if local is None:
        return Refused(Why.NOT_A_MOMENT)
    return _off(step, local, here) or Whole(kept(local, run.zone))


def still_fits(step: AskWhen, value: object, now: datetime) -> Refused | None:
    """Why an answer of before cannot be kept: its moment has passed meanwhile, say."""
    local = local_of(value)
    if local is None or not isinstance(value, str):
        return Refused(Why.NOT_A_MOMENT)
    return _off(step, local, wall(now, value.partition("[")[2].rstrip("]")))


def _off(step: AskWhen, local: datetime, here: datetime) -> Refused | None:
    if step.past:
        if local > here:
            return Refused(Why.NOT_YET)
        return Refused(Why.TOO_FAR) if here - local > LONG_AGO else None
    if local <= here:
        return Refused(Why.HAS_PASSED)
    return Refused(Why.TOO_FAR) if local - here > FAR else None
