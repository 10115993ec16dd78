"""What became of every scheduled local date: exactly one outcome each, so that none vanishes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.care.cadence.dates import Chance, chances
from bot.care.cadence.deciding import why_not
from bot.care.cadence.facts import Facts
from bot.care.cadence.schedule import Schedule
from bot.care.cadence.verdict import Outcome, Why


@dataclass(frozen=True, slots=True)
class Day:
    """One local date and its outcome."""

    local_date: date
    outcome: Outcome
    why: Why | None = None


def account(
    schedule: Schedule, facts: Facts, known: Iterable[Day], first: date, last: date, now: datetime
) -> tuple[Day, ...]:
    """Every scheduled local date from the first to the last, in order.

    `known` are the outcomes that were stored; the first one of a date stands. A date without one
    is open while it may still be sent, skipped when nothing was wanted on it, and otherwise our
    fault: nobody was there to decide. Store what this lists before the schedule, the pause or the
    standing changes, because dates gone by are judged by what holds now.
    """
    found = {day.local_date: day for day in reversed(tuple(known))}
    inside = {each: day for each, day in found.items() if first <= each <= last}
    for span in chances(schedule, facts, first, last, frozenset(inside)):
        inside[span.local_date] = _judged(schedule, facts, span, now)
    return tuple(inside[each] for each in sorted(inside))


def _judged(schedule: Schedule, facts: Facts, span: Chance, now: datetime) -> Day:
    excuse = why_not(schedule, facts, span.local_date)
    if span.closes > now:
        return Day(span.local_date, Outcome.OPEN)
    if excuse is not None:
        return Day(span.local_date, Outcome.SKIPPED, excuse)
    if span.is_void:
        return Day(span.local_date, Outcome.EXPIRED, Why.QUIET)
    return Day(span.local_date, Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN)
