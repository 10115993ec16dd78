"""What is decided about one reminder: nine in Madrid (08:00 UTC), window until twelve."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.care.cadence import (
    DaysAfter,
    Expire,
    Facts,
    Frequency,
    Later,
    Outage,
    Outcome,
    Pause,
    Schedule,
    Send,
    Skip,
    Standing,
    Why,
    decide,
    next_moment,
    outage,
)
from tests.care.cadence.plans import PLAIN, TUESDAY, at, plan, utc

OPENS = utc("2026-03-03T08:05:47")
"""Nine o'clock in Madrid and this participant's jitter."""
CLOSES = utc("2026-03-03T11:00")
NIGHT = Outage(utc("2026-03-02T20:00"), utc("2026-03-03T09:30"))
MINUTE = timedelta(minutes=1)
PAUSE = Pause(since=TUESDAY, until=TUESDAY + timedelta(days=7))
ALUMNI = plan(anchor=DaysAfter(of="discharge", at=at("09:00").at, first=7, every=7))


@pytest.mark.parametrize(
    ("facts", "now", "verdict"),
    [
        pytest.param(Facts(), OPENS, Send(), id="in time"),
        pytest.param(Facts(), OPENS - MINUTE, Later(OPENS), id="rung too early"),
        pytest.param(Facts(), OPENS - timedelta(hours=25), Later(OPENS), id="clock put back"),
        pytest.param(Facts(), CLOSES - MINUTE, Send(), id="in the last minute"),
        pytest.param(Facts(), CLOSES, Expire(Why.LATE), id="too late"),
        pytest.param(
            Facts(outages=(NIGHT,)), utc("2026-03-03T09:30"), Send(), id="caught up in its window"
        ),
        pytest.param(
            Facts(outages=(replace(NIGHT, end=CLOSES + MINUTE),)),
            CLOSES + MINUTE,
            Expire(Why.WE_WERE_DOWN),
            id="we were down till it was too late",
        ),
        pytest.param(
            Facts(outages=(NIGHT,), last_unasked=utc("2026-03-03T09:30")),
            utc("2026-03-03T10:30"),
            Expire(Why.WE_WERE_DOWN),
            id="another one has caught up already",
        ),
        pytest.param(
            Facts(outages=(NIGHT,), last_unasked=utc("2026-03-02T19:00")),
            utc("2026-03-03T09:30"),
            Send(),
            id="the last one was before we went down",
        ),
        pytest.param(
            Facts(last_unasked=OPENS - 5 * MINUTE), OPENS, Later(OPENS + 10 * MINUTE), id="breather"
        ),
        pytest.param(
            Facts(last_sent=OPENS - timedelta(hours=7)),
            OPENS,
            Later(OPENS + timedelta(hours=1)),
            id="seven hours after the last one",
        ),
        pytest.param(
            Facts(last_sent=OPENS - timedelta(hours=1)),
            OPENS,
            Expire(Why.TOO_CLOSE),
            id="too close",
        ),
        pytest.param(
            Facts(last_sent=OPENS + timedelta(days=900)), OPENS, Send(), id="sent in the far future"
        ),
        pytest.param(
            Facts(busy_at=OPENS - MINUTE), OPENS, Later(OPENS + 29 * MINUTE), id="in an exercise"
        ),
        pytest.param(
            Facts(busy_at=CLOSES - 2 * MINUTE),
            CLOSES - MINUTE,
            Expire(Why.BUSY),
            id="busy to the end",
        ),
        pytest.param(Facts(is_done=True), OPENS, Skip(Why.DONE), id="done before it was asked"),
        pytest.param(Facts(used=frozenset({TUESDAY})), OPENS, Skip(Why.USED), id="used"),
        pytest.param(Facts(standing=Standing.PENDING), OPENS, Skip(Why.PENDING), id="not begun"),
        pytest.param(
            Facts(standing=Standing.DISCHARGED), OPENS, Skip(Why.DISCHARGED), id="discharged"
        ),
        pytest.param(Facts(is_closed=True), OPENS, Skip(Why.CLOSED), id="programme over"),
        pytest.param(Facts(pause=PAUSE), OPENS, Skip(Why.PAUSED), id="everything paused"),
        pytest.param(Facts(pause=PAUSE), CLOSES, Skip(Why.PAUSED), id="paused and late"),
        pytest.param(Facts(ignored=1), OPENS, Send(), id="one ignored"),
        pytest.param(Facts(ignored=2), OPENS, Send(Frequency.ALTERNATE), id="two ignored"),
    ],
)
def test_the_plain_reminder(facts: Facts, now: datetime, verdict: object) -> None:
    """One verdict for each state of the person and of ourselves."""
    assert decide(PLAIN, TUESDAY, facts, now) == verdict


@pytest.mark.parametrize(
    ("schedule", "facts", "verdict"),
    [
        (PLAIN, Facts(pause=Pause(TUESDAY - timedelta(days=7), until=TUESDAY)), Send()),
        (plan(skip_on=TUESDAY), Facts(), Skip(Why.NOT_TODAY)),
        (plan(until=TUESDAY - timedelta(days=1)), Facts(), Skip(Why.NOT_SCHEDULED)),
        (plan(weekdays=(0, 2)), Facts(), Skip(Why.NOT_SCHEDULED)),
        (plan(since=utc("2026-03-03T08:30")), Facts(), Skip(Why.NOT_SCHEDULED)),
        (ALUMNI, Facts(discharged_on=date(2026, 2, 24)), Send()),
        (
            ALUMNI,
            Facts(standing=Standing.DISCHARGED, discharged_on=date(2026, 2, 17)),
            Send(),
        ),
        (ALUMNI, Facts(discharged_on=date(2026, 2, 25)), Skip(Why.NOT_SCHEDULED)),
    ],
)
def test_other_plans(schedule: Schedule, facts: Facts, verdict: object) -> None:
    """What the person or the programme has set decides whether there is anything to send."""
    assert decide(schedule, TUESDAY, facts, OPENS + MINUTE) == verdict


def test_quiet_hours_inside_a_window() -> None:
    """A siesta in the window puts a late reminder off; the night ends its day."""
    siesta = plan(quiet={"start": "10:00", "end": "11:00"})
    assert decide(siesta, TUESDAY, Facts(), utc("2026-03-03T09:10")) == Later(
        utc("2026-03-03T10:00")
    )
    evening = plan(anchor=at("21:30"))
    assert decide(evening, TUESDAY, Facts(), utc("2026-03-03T21:10")) == Expire(Why.QUIET)


def test_a_window_that_reaches_over_midnight_into_a_pause() -> None:
    """Yesterday's reminder does not come in today's pause; what we missed before it stays ours."""
    late = plan(anchor=at("21:00"), quiet=None, window=600)
    monday = TUESDAY - timedelta(days=1)
    assert decide(late, monday, Facts(pause=PAUSE), utc("2026-03-03T00:00")) == Skip(Why.PAUSED)
    outage = Outage(utc("2026-03-02T10:00"), utc("2026-03-03T12:00"))
    down = Facts(pause=PAUSE, outages=(outage,))
    assert decide(late, monday, down, utc("2026-03-03T12:00")) == Expire(Why.WE_WERE_DOWN)


def test_at_three_in_the_morning_after_a_downtime_nothing_comes() -> None:
    """Down from the evening on, back at 03:00: the date is ours to answer for, and it is quiet."""
    down = Outage(utc("2026-03-02T16:00"), utc("2026-03-03T02:00"))
    evening = plan(anchor=at("18:00"), window=720)
    verdict = decide(evening, date(2026, 3, 2), Facts(outages=(down,)), down.end)
    assert verdict == Expire(Why.WE_WERE_DOWN)
    late = decide(PLAIN, date(2026, 3, 2), Facts(outages=(down,)), down.end)
    assert late == Expire(Why.LATE), "it was due at nine, when we were up"


def test_outcomes_have_names_of_their_own() -> None:
    """Our absence is not the person's: it is counted apart."""
    assert Skip(Why.PAUSED).outcome is Outcome.SKIPPED
    assert Expire(Why.LATE).outcome is Outcome.EXPIRED
    assert Expire(Why.WE_WERE_DOWN).outcome is Outcome.MISSED_SYSTEM


def test_a_short_silence_of_the_heartbeat_is_no_outage() -> None:
    """A slow beat is not a downtime; three minutes are, because presses were lost."""
    assert outage(OPENS, OPENS + timedelta(seconds=90)) is None
    found = outage(OPENS, OPENS + 3 * MINUTE)
    assert found == Outage(OPENS, OPENS + 3 * MINUTE)


def test_a_clock_a_day_ahead_doubles_nothing() -> None:
    """A clock that ran 25 hours ahead and came back: no date twice, and soon all is well again."""
    ahead = OPENS + timedelta(hours=25)
    facts = Facts(used=frozenset({TUESDAY}), last_sent=OPENS, last_unasked=OPENS)
    following = next_moment(PLAIN, OPENS, facts)
    assert following is not None
    wednesday, _ = following
    assert decide(PLAIN, wednesday, facts, ahead) == Send()
    facts = Facts(used=frozenset({TUESDAY, wednesday}), last_sent=ahead, last_unasked=ahead)
    back = next_moment(PLAIN, OPENS + timedelta(hours=1), facts)
    assert back is not None
    thursday, moment = back
    assert thursday == TUESDAY + timedelta(days=2)
    assert decide(PLAIN, thursday, facts, moment) == Send()
