"""A due moment has come: send, later, skip or expire."""

from datetime import date, datetime, timedelta

from bot.care.cadence.anchor import DaysAfter
from bot.care.cadence.back_off import is_on, slower
from bot.care.cadence.dates import Chance, chance
from bot.care.cadence.facts import Facts, Standing
from bot.care.cadence.quiet import after_quiet
from bot.care.cadence.schedule import Schedule
from bot.care.cadence.verdict import Expire, Later, Send, Skip, Verdict, Why

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
    if now < span.due and facts.snoozed_to is None:
        return Later(span.due)
    excuse = why_not(schedule, facts, day) or (Why.DONE if facts.is_done else None)
    if excuse is not None:
        return Skip(excuse)
    if span.is_void:
        return Expire(Why.QUIET)
    if now >= span.closes:
        return Expire(_why_late(span, facts))
    if facts.snoozed_to is not None:
        return _again(schedule, span, facts, facts.snoozed_to, now)
    if _caught_up(span, facts, now):
        return Expire(Why.WE_WERE_DOWN)
    return _in_time(schedule, span, facts, now)


def why_not(schedule: Schedule, facts: Facts, day: date) -> Why | None:
    """Why nothing is wanted on this local date, or None when it is."""
    is_for_alumni = isinstance(schedule.anchor, DaysAfter) and schedule.anchor.of == "discharge"
    pauses = [pause for pause in (schedule.pause, facts.pause) if pause is not None]
    if facts.standing is Standing.PENDING:
        return Why.PENDING
    if facts.standing is Standing.DISCHARGED and not is_for_alumni:
        return Why.DISCHARGED
    if facts.is_closed:
        return Why.CLOSED
    if any(pause.covers(day) for pause in pauses):
        return Why.PAUSED
    if schedule.skip_on == day:
        return Why.NOT_TODAY
    return None if is_on(schedule, day) else Why.BACKED_OFF


def _why_late(span: Chance, facts: Facts) -> Why:
    ours = any(each.meets(span.opens, span.closes) for each in facts.outages)
    return Why.WE_WERE_DOWN if ours else Why.LATE


def _caught_up(span: Chance, facts: Facts, now: datetime) -> bool:
    """It fell due while we were down, and one message has been sent since: one is enough."""
    back = [each.end for each in facts.outages if each.start <= span.opens < each.end <= now]
    last = facts.last_unasked
    return bool(back) and last is not None and max(back) <= last <= now


def _in_time(schedule: Schedule, span: Chance, facts: Facts, now: datetime) -> Verdict:
    holds = [(now, Why.LATE)]
    for last, rest, why in (
        (facts.last_sent, timedelta(minutes=schedule.least_gap), Why.TOO_CLOSE),
        (facts.last_unasked, BREATHER, Why.TOO_CLOSE),
        (facts.busy_at, BUSY, Why.BUSY),
    ):
        if last is not None and last < now + NOT_TRUE:
            holds.append((last + rest, why))
    at, why = max(holds)
    return _when(schedule, span, at, why, now, Send(slower(schedule, facts.ignored)))


def _again(
    schedule: Schedule, span: Chance, facts: Facts, snoozed_to: datetime, now: datetime
) -> Verdict:
    """The person asked for this one, so it need not keep a distance from others."""
    busy_until = now if facts.busy_at is None else facts.busy_at + BUSY
    at, why = max((now, Why.LATE), (snoozed_to, Why.LATE), (busy_until, Why.BUSY))
    return _when(schedule, span, at, why, now, Send(again=True))


def _when(
    schedule: Schedule, span: Chance, at: datetime, why: Why, now: datetime, send: Send
) -> Verdict:
    loud = after_quiet(schedule.quiet, at, schedule.here)
    if loud >= span.closes:
        return Expire(Why.QUIET if loud > at else why)
    return send if loud <= now else Later(loud)
