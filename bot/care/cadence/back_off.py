"""Writing less often to somebody who does not answer, and saying so."""

from datetime import date

from bot.care.cadence.anchor import FixedTime
from bot.care.cadence.schedule import Frequency, Schedule

IGNORED = 2
"""So many ignored reminders make us slower, and as many again once more."""


def slower(schedule: Schedule, ignored: int) -> Frequency | None:
    """The lower frequency the next message has to announce, or None to go on as now.

    Only times of the person's own slow down; what hangs on a session or a day of the programme
    comes seldom anyway.
    """
    if not isinstance(schedule.anchor, FixedTime):
        return None
    weekdays = len(schedule.weekdays)
    match schedule.frequency:
        case Frequency.NORMAL if ignored >= IGNORED and weekdays >= 5:
            return Frequency.ALTERNATE
        case Frequency.NORMAL if ignored >= IGNORED and weekdays > 1:
            return Frequency.WEEKLY
        case Frequency.ALTERNATE if ignored >= 2 * IGNORED:
            return Frequency.WEEKLY
        case _:
            return None


def slowed(schedule: Schedule, frequency: Frequency, on: date) -> Schedule:
    """After the message that announced it was sent on this local date."""
    return schedule.model_copy(update={"frequency": frequency, "slowed_on": on})


def answered(schedule: Schedule) -> Schedule:
    """Any answer brings the chosen frequency back."""
    return schedule.model_copy(update={"frequency": Frequency.NORMAL, "slowed_on": None})


def weekly_day(schedule: Schedule) -> int:
    """The weekday that is left at the weekly frequency: Sunday, or the last one chosen."""
    return max(schedule.weekdays)


def is_on(schedule: Schedule, day: date) -> bool:
    """Whether the present frequency writes on this date."""
    match schedule.frequency:
        case Frequency.NORMAL:
            return True
        case Frequency.ALTERNATE:
            return ((day - (schedule.slowed_on or day)).days) % 2 == 0
        case Frequency.WEEKLY:
            return day.weekday() == weekly_day(schedule)
