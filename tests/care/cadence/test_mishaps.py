"""Properties 6 to 11 of 12: downtime, pauses, journeys, and that no date is lost.

The twelfth, odd dates and zones, is a table in test_wall_clock.py.
"""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.cadence import (
    FixedTime,
    Outage,
    Outcome,
    ignored,
)
from tests.care.cadence.life import Life, dates_there
from tests.care.cadence.stories import (
    answers,
    downs,
    lives,
    pauses,
    skips,
    snoozes,
    steps,
    travels,
    waits,
    zones,
)
from tests.examples import examples

many = settings(max_examples=examples(500))
ONE = UUID(int=1)
DAY = timedelta(days=1)


@many
@given(lives(waits | travels | answers, many=4, most=6), st.integers(3, 5 * 24 * 60))
def test_6_after_a_downtime_no_burst(life: Life, minutes: int) -> None:
    """However long we were down and whatever piled up: one message in the first ten minutes."""
    before = len(life.sent)
    life.go_down(timedelta(minutes=minutes))
    life.live(timedelta(minutes=10))
    assert len(life.sent) - before <= 1


@many
@given(lives(waits | downs | snoozes), st.integers(1, 5))
def test_7_nothing_is_sent_in_a_pause(life: Life, days: int) -> None:
    """Nor do snoozed ones come back in it."""
    life.snooze(ONE)
    before, until = len(life.sent), (life.now + days * DAY).date() + DAY
    life.rest(until)
    life.live((days + 3) * DAY)
    assert all(sent.local_date >= until for sent in life.sent[before:])


@many
@given(lives(waits | snoozes | downs | skips | pauses | steps))
def test_7_a_snoozed_one_comes_back_at_most_three_times(life: Life) -> None:
    """Each press brings it back once at most, and an expired date stays expired."""
    again = Counter((s.schedule.id, s.local_date) for s in life.sent if s.again)
    assert all(count <= 3 for count in again.values())
    for of, days in life.days.items():
        over = {day.local_date for day in days if day.outcome is not Outcome.SENT}
        assert not any(s.local_date in over for s in life.sent if s.schedule.id == of)


@many
@given(lives(waits | travels | travels | travels))
def test_8_at_most_one_per_local_date_however_often_the_zone_changes(life: Life) -> None:
    """Also around the world and back within a day."""
    first = Counter((s.schedule.id, s.local_date) for s in life.sent if not s.again)
    assert all(count == 1 for count in first.values())


@many
@given(lives(waits | answers), st.lists(zones, min_size=1, max_size=4))
def test_9_other_rules_for_a_zone_send_no_used_date_again(life: Life, rules: list[str]) -> None:
    """New time zone data is the same name with other rules: as if the zone were exchanged."""
    for zone in rules:
        for of, schedule in life.schedules.items():
            life.schedules[of] = schedule.model_copy(update={"zone": zone})
        life.plan_all()
        life.live(DAY / 2)
    first = Counter((s.schedule.id, s.local_date) for s in life.sent if not s.again)
    assert all(count == 1 for count in first.values())


@many
@given(lives(waits | downs | pauses | skips | snoozes | answers, many=1))
def test_10_every_scheduled_date_ends_as_exactly_one_thing(life: Life) -> None:
    """Sent, expired, skipped and missed by us add up to the scheduled dates; none vanishes."""
    schedule = life.schedules[ONE]
    zone, listed = ZoneInfo(schedule.zone), life.accounted(ONE)
    ended = [day for day in listed if day.outcome is not Outcome.OPEN]
    assert isinstance(schedule.anchor, FixedTime)
    expected = []
    for day in dates_there(schedule.since - DAY, life.now + DAY, zone):
        hour = schedule.anchor.on(day)
        planned = datetime.combine(day, hour, tzinfo=zone).timestamp()
        is_over = planned + schedule.window * 60 <= life.now.timestamp()
        if schedule.since.timestamp() < planned and is_over and day.weekday() in schedule.weekdays:
            expected.append(day)
    assert [day.local_date for day in ended if day.local_date in expected] == expected
    assert len({day.local_date for day in listed}) == len(listed)
    sent = {s.local_date for s in life.sent}
    assert {day.local_date for day in ended if day.outcome is Outcome.SENT} == sent


@many
@given(lives(waits | travels | pauses | skips | snoozes | answers))
def test_10_when_we_are_up_nothing_is_missed(life: Life) -> None:
    """Only a downtime of ours makes a date one that we missed, wherever the person goes."""
    for of in life.schedules:
        assert not any(day.outcome is Outcome.MISSED_SYSTEM for day in life.accounted(of))


@many
@given(lives(waits | downs | answers | steps))
def test_11_silence_needs_something_delivered(life: Life) -> None:
    """Whoever is said not to have answered was sent something, and had the time to answer."""
    for of, schedule in life.schedules.items():
        delivered = [s.at for s in life.sent if s.schedule.id == of]
        unanswered = ignored(delivered, life.answered_at, life.outages)
        after = [at for at in delivered if life.answered_at is None or at > life.answered_at]
        assert unanswered <= len(after)
        assert ignored([], None, life.outages) == 0
        all_the_time = [Outage(life.now - 999 * DAY, life.now + 999 * DAY)]
        assert ignored(delivered, None, all_the_time) == 0
        if not delivered:
            assert schedule.slowed_on is None
