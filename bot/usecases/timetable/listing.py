"""Every scheduled local date of some days with what became of it, so that none vanishes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.cadence import Day, Outcome, Why, account
from bot.store import occurrences, schedules
from bot.store.occurrences import Occurrence
from bot.store.schedules import Stored
from bot.usecases.timetable.facts import Known

ANSWERED = "answered"
"""Sent, and what it asked for was done."""


@dataclass(frozen=True, slots=True)
class Line:
    """One local date of one schedule. `at` is when it was sent or decided (UTC), None while it is
    open; `outcome` is an `Outcome` or `answered`."""

    local_date: date
    stored: Stored
    outcome: str
    why: Why | None
    at: datetime | None
    exercise: str | None


def listing(known: Known, days: int) -> list[Line]:
    """The last so many local dates up to today, in order; only what is known by now is written in
    the database, so this writes nothing."""
    today = known.now.astimezone(ZoneInfo(known.person.zone)).date()
    first = today - timedelta(days=days - 1)
    kept = occurrences.from_date(known.session, known.person.id, first)
    lines: list[Line] = []
    for stored in schedules.of_person(known.session, known.person.id):
        mine = {each.local_date: each for each in kept if each.schedule == stored.id}
        lines += [
            _line(stored, day, mine.get(day.local_date))
            for day in _days(known, stored, mine, first, today)
        ]
    lines = [line for line in lines if line.why is not Why.NOT_YET]  # nothing was to come
    return sorted(lines, key=lambda line: (line.local_date, line.at or known.now, line.stored.name))


def _days(
    known: Known, stored: Stored, mine: dict[date, Occurrence], first: date, today: date
) -> list[Day]:
    have = [each.day for each in mine.values() if first <= each.local_date <= today]
    if not stored.active:
        return have
    return list(account(stored.plan, known.facts(stored), have, first, today, known.now))


def _line(stored: Stored, day: Day, found: Occurrence | None) -> Line:
    outcome: str = day.outcome.value
    if found is not None and day.outcome is Outcome.SENT and found.answered_at is not None:
        outcome = ANSWERED
    at = None if found is None else found.sent_at or found.decided_at
    exercise = stored.exercise if found is None else found.exercise or stored.exercise
    return Line(day.local_date, stored, outcome, day.why, at, exercise)
