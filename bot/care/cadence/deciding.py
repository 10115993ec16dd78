"""A due moment has come: send, later, skip or expire."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.care.cadence.anchor import DaysAfter
from bot.care.cadence.back_off import is_on, slower
from bot.care.cadence.dates import Chance, chance
from bot.care.cadence.facts import Facts, Standing
from bot.care.cadence.quiet import after_quiet
from bot.care.cadence.schedule import Schedule
from bot.care.cadence.verdict import Expire, Later, Send, Skip, Verdict, Why
from bot.care.cadence.wall_clock import local_date

BREATHER = timedelta(minutes=15)
"""Least time between two messages sent unasked, of whatever schedules."""
BUSY = timedelta(minutes=30)
"""Somebody who did something in an exercise less than this ago is not interrupted."""
NOT_TRUE = timedelta(days=2)
"""What was "sent" further ahead of now than this was written by a clock that went wrong."""


def decide(schedule: Schedule, day: date, facts: Facts, now: datetime) -> Verdict:
    """What to do about this local date of the schedule at this instant (UTC).

    Deciding twice changes nothing: once the date is among `facts.used`, it is skipped as used.
    """
    if day in facts.used and facts.snoozed_to is None:
        return Skip(Why.USED)
    span = chance(schedule, facts, day)
    if span is None:
        return Skip(Why.NOT_SCHEDULED)
    return _ruled_out(schedule, span, facts, now) or _when_free(schedule, span, facts, now)


def why_not(schedule: Schedule, facts: Facts, day: date) -> Why | None:
    """Why nothing is wanted on this local date, or None when it is."""
    is_for_alumni = isinstance(schedule.anchor, DaysAfter) and schedule.anchor.of == "discharge"
    if facts.standing is Standing.PENDING:
        return Why.PENDING
    if facts.standing is Standing.DISCHARGED and not is_for_alumni:
        return Why.DISCHARGED
    if facts.is_closed:
        return Why.CLOSED
    return set_aside(schedule, facts, day) or (None if is_on(schedule, day) else Why.BACKED_OFF)


def set_aside(schedule: Schedule, facts: Facts, day: date) -> Why | None:
    """Whether the person wants nothing on this local date."""
    if facts.pause is not None and facts.pause.covers(day):
        return Why.PAUSED
    return Why.NOT_TODAY if schedule.skip_on == day else None


def _ruled_out(schedule: Schedule, span: Chance, facts: Facts, now: datetime) -> Verdict | None:
    """Too early, not wanted, or too late."""
    excuse = why_not(schedule, facts, span.local_date)
    if now < span.due and facts.snoozed_to is None:
        return Later(span.due)
    if excuse is not None or facts.is_done:
        return Skip(excuse or Why.DONE)
    if span.is_void:
        return Expire(Why.QUIET)
    if now >= span.closes:
        return _expired(span, facts, Why.LATE)
    # Yesterday's window may reach into a day on which the person wants nothing.
    today = set_aside(schedule, facts, local_date(now, schedule.here))
    if today is not None:
        return Skip(today)
    return Expire(Why.WE_WERE_DOWN) if _caught_up(span, facts, now) else None


def _when_free(schedule: Schedule, span: Chance, facts: Facts, now: datetime) -> Verdict:
    """Now, or once everything it has to wait for is over."""
    at, why = max(_holds(schedule, facts, now))
    loud = after_quiet(schedule.quiet, at, schedule.here)
    if loud >= span.closes:
        return _expired(span, facts, Why.QUIET if loud > at else why)
    if loud > now:
        return Later(loud)
    is_back = facts.snoozed_to is not None
    return Send(again=True) if is_back else Send(slower(schedule, facts.ignored))


def _expired(span: Chance, facts: Facts, why: Why) -> Expire:
    ours = any(each.meets(span.opens, span.closes) for each in facts.outages)
    return Expire(Why.WE_WERE_DOWN if ours else why)


def _caught_up(span: Chance, facts: Facts, now: datetime) -> bool:
    """It fell due while we were down, and one message has been sent since: one is enough."""
    if facts.snoozed_to is not None:
        return False
    back = [each.end for each in facts.outages if each.start <= span.opens < each.end <= now]
    last = facts.last_unasked
    return bool(back) and last is not None and max(back) <= last <= now


def _holds(schedule: Schedule, facts: Facts, now: datetime) -> Iterator[tuple[datetime, Why]]:
    """Instants before which it may not be sent, with the reason."""
    yield now, Why.LATE
    rests = [(facts.busy_at, BUSY, Why.BUSY)]
    if facts.snoozed_to is None:
        rests.append((facts.last_sent, timedelta(minutes=schedule.least_gap), Why.TOO_CLOSE))
        rests.append((facts.last_unasked, BREATHER, Why.TOO_CLOSE))
    else:  # the person asked for it, so it need not keep a distance
        yield facts.snoozed_to, Why.LATE
    for last, rest, why in rests:
        if last is not None and last < now + NOT_TRUE:
            yield last + rest, why
