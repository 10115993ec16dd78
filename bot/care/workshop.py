"""When the next lesson of a workshop opens, and on which day the workshop ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.catalog.workshop import Opens, Workshop

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is. `opened_on` is the local date of the lesson opened last, None before the
    first one; `is_done` whether its exercise was finished since; `session_since` whether a session
    of the group has ended since."""

    opened_on: date | None = None
    is_done: bool = False
    session_since: bool = False


def opens(rule: Opens | None, standing: Standing, day: date) -> bool:
    """Whether the next lesson may open on this local date. It may stay away: a lesson is never
    late, it opens on any later date as well."""
    last = standing.opened_on
    match rule:
        case _ if last is None or rule is None:
            return True
        case Opens.AFTER_PREVIOUS:
            return standing.is_done
        case Opens.AFTER_SESSION:
            return standing.session_since
    return day >= first_date(rule, last)


def first_date(rule: Opens, opened_on: date) -> date:
    """The first local date on which a lesson can open that opens on a day."""
    tomorrow = opened_on + DAY
    weekday = tomorrow.weekday() if rule.weekday is None else rule.weekday
    return tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7)


def ends_on(workshop: Workshop, joined_on: date) -> date:
    """The local date on which it says goodbye. The day of joining is the first."""
    return joined_on + timedelta(days=workshop.days)


def ended_since(
    sessions: Iterable[datetime], length: timedelta, since: datetime, now: datetime
) -> bool:
    """Whether a session (their beginnings, UTC) has ended after `since` and by now."""
    return any(since < begins + length <= now for begins in sessions)
