"""In an hour, please: how often, until when, and what may stop it."""

from datetime import datetime, timedelta

import pytest

from bot.care.cadence import Expire, Facts, Later, Pause, Send, Skip, Why, decide, snooze
from tests.care.cadence.plans import PLAIN, TUESDAY, at, plan, utc

SENT = Facts(used=frozenset({TUESDAY}), last_sent=utc("2026-03-03T08:06"))
EVENING = plan(anchor=at("20:00"))


@pytest.mark.parametrize(
    ("pressed", "verdict"),
    [
        ("08:10", Later(utc("2026-03-03T09:10"))),
        ("10:30", Later(utc("2026-03-03T10:59"))),
        ("10:49", Later(utc("2026-03-03T10:59"))),
        ("10:50", Expire(Why.LATE)),
        ("15:00", Expire(Why.LATE)),
    ],
)
def test_when_it_comes_back(pressed: str, verdict: object) -> None:
    """In an hour, a little earlier at the end of the window, and after that not at all."""
    assert snooze(PLAIN, TUESDAY, SENT, utc(f"2026-03-03T{pressed}")) == verdict


def test_never_in_quiet_hours() -> None:
    """Pressed at a quarter past nine in the evening, it stays away for today."""
    assert snooze(EVENING, TUESDAY, SENT, utc("2026-03-03T20:15")) == Expire(Why.QUIET)
    assert snooze(EVENING, TUESDAY, SENT, utc("2026-03-03T19:45")) == Later(utc("2026-03-03T20:45"))


@pytest.mark.parametrize(
    ("schedule", "facts", "why"),
    [
        (PLAIN, Facts(snoozes=3), Why.SNOOZED_OUT),
        (PLAIN, Facts(is_closed=True), Why.CLOSED),
        (plan(skip_on=TUESDAY), Facts(), Why.NOT_TODAY),
        (plan(weekdays=(0,)), Facts(), Why.NOT_SCHEDULED),
    ],
)
def test_when_it_does_not(schedule: object, facts: Facts, why: Why) -> None:
    """Three times at most, and not on a day on which nothing is wanted any more."""
    assert isinstance(schedule, type(PLAIN))
    assert snooze(schedule, TUESDAY, facts, utc("2026-03-03T08:10")) == Skip(why)


PAUSE = Pause(since=TUESDAY, until=TUESDAY + timedelta(days=1))
BACK = utc("2026-03-03T09:10")


@pytest.mark.parametrize(
    ("facts", "now", "verdict"),
    [
        (Facts(), BACK, Send(again=True)),
        (Facts(), BACK - timedelta(minutes=1), Later(BACK)),
        (Facts(is_done=True), BACK, Skip(Why.DONE)),
        (Facts(pause=PAUSE), BACK, Skip(Why.PAUSED)),
        (Facts(busy_at=BACK), BACK, Later(BACK + timedelta(minutes=30))),
        (Facts(), utc("2026-03-03T11:00"), Expire(Why.LATE)),
        (Facts(ignored=2), BACK, Send(again=True)),
    ],
)
def test_a_snoozed_moment_that_rings(facts: Facts, now: datetime, verdict: object) -> None:
    """It comes back although its date is used; not when done or paused meanwhile, or too late."""
    snoozed = Facts(
        used=frozenset({TUESDAY}),
        last_sent=utc("2026-03-03T08:06"),
        last_unasked=utc("2026-03-03T09:09"),
        snoozed_to=BACK,
        is_done=facts.is_done,
        pause=facts.pause,
        busy_at=facts.busy_at,
        ignored=facts.ignored,
    )
    assert decide(PLAIN, TUESDAY, snoozed, now) == verdict
