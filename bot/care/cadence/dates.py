"""The local dates of a schedule, and for each the span of time in which it may be sent."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from bot.care.cadence.anchor import AroundSession, DaysAfter, FixedTime
from bot.care.cadence.facts import Facts
from bot.care.cadence.quiet import after_quiet, is_quiet
from bot.care.cadence.schedule import Schedule
from bot.care.cadence.wall_clock import days, exists, instant, local_date

JITTER = timedelta(minutes=10)
"""The most a moment is moved, so that not everybody's falls into the same second."""
TO_SEND = timedelta(minutes=1)
"""So much must be left before quiet hours begin after a moment was moved."""


@dataclass(frozen=True, slots=True)
class Chance:
    """One scheduled local date (UTC): sendable from `opens` up to, not including, `closes`.

    `planned` is the time before jitter and quiet hours. It is void when quiet hours fill it.
    """

    local_date: date
    planned: datetime
    opens: datetime
    closes: datetime

    @property
    def is_void(self) -> bool:
        """Whether there is no instant at which it could be sent."""
        return self.opens >= self.closes

    @property
    def due(self) -> datetime:
        """When to look at it."""
        return self.planned if self.is_void else self.opens


def chances(
    schedule: Schedule,
    facts: Facts,
    first: date,
    last: date,
    but: Container[date] = (),
) -> Iterator[Chance]:
    """The scheduled local dates from the first to the last, in order, `but` those."""
    for day, planned in _planned(schedule, facts, first, last):
        if day not in but and schedule.counts(day, planned):
            yield _chance(schedule, day, planned)


def chance(schedule: Schedule, facts: Facts, day: date) -> Chance | None:
    """That of one local date; None when nothing is scheduled on it."""
    return next(chances(schedule, facts, day, day), None)


def _planned(
    schedule: Schedule, facts: Facts, first: date, last: date
) -> Iterator[tuple[date, datetime]]:
    match schedule.anchor:
        case AroundSession(minutes=minutes):
            yield from _around(schedule, facts, minutes, first, last)
        case FixedTime() as fixed:
            for day in days(first, last):
                yield from _at(schedule, day, fixed.on(day))
        case DaysAfter(of=of) as after:
            start = facts.enrolled_on if of == "enrolment" else facts.discharged_on
            for day in days(first, last):
                if start is not None and after.falls_on(day, start):
                    yield from _at(schedule, day, after.at)


def _at(schedule: Schedule, day: date, hour: time) -> Iterator[tuple[date, datetime]]:
    zone = schedule.zone_on(day)
    if exists(day, zone):
        yield day, instant(day, hour, zone)


def _around(
    schedule: Schedule, facts: Facts, minutes: int, first: date, last: date
) -> Iterator[tuple[date, datetime]]:
    """The first one of each local date; two sessions on one day get one reminder."""
    seen: set[date] = set()
    for session in sorted(facts.sessions):
        planned = session + timedelta(minutes=minutes)
        day = local_date(planned, schedule.here)
        if first <= day <= last and day not in seen:
            seen.add(day)
            yield day, planned


def _chance(schedule: Schedule, day: date, planned: datetime) -> Chance:
    window = timedelta(minutes=schedule.window)
    if isinstance(schedule.anchor, AroundSession) and schedule.anchor.minutes < 0:
        # "Group begins in two hours" is wrong once it has begun.
        window = min(window, timedelta(minutes=-schedule.anchor.minutes))
    closes = planned + window
    opens = after_quiet(schedule.quiet, planned, schedule.here)
    return Chance(day, planned, _jittered(schedule, opens, closes), closes)


def _jittered(schedule: Schedule, opens: datetime, closes: datetime) -> datetime:
    """Moved by the same few minutes every day, never into quiet hours or past half the window."""
    most = int(min(JITTER, (closes - opens) / 2).total_seconds())
    if most <= 0:
        return opens
    moved = opens + timedelta(seconds=_mark(schedule.participant, schedule.id) % most)
    return opens if is_quiet(schedule.quiet, moved + TO_SEND, schedule.here) else moved


@lru_cache(1024)
def _mark(participant: UUID, schedule: UUID) -> int:
    return int.from_bytes(sha256(participant.bytes + schedule.bytes).digest()[:8], "big")
