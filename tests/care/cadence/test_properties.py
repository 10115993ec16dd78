"""The twelve things that must hold for every zone, time and mishap (the twelfth: in the tables)."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.cadence import (
    Expire,
    FixedTime,
    Later,
    Outage,
    Outcome,
    Schedule,
    Skip,
    Why,
    decide,
    ignored,
    paused,
)
from tests.care.cadence.life import Life, dates_there, minutes_of
from tests.care.cadence.stories import (
    answers,
    downs,
    lives,
    moments,
    pauses,
    schedules,
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


def _quiet_at(schedule: Schedule, at: datetime) -> bool:
    """Worked out apart from the product: minutes of the day on a circle."""
    if schedule.quiet is None:
        return False
    start = schedule.quiet.start.hour * 60 + schedule.quiet.start.minute
    end = schedule.quiet.end.hour * 60 + schedule.quiet.end.minute
    return (minutes_of(at, ZoneInfo(schedule.zone)) - start) % 1440 < (end - start) % 1440


@many
@given(st.data(), moments)
def test_1_up_all_the_time_every_local_date_gets_exactly_one(
    data: st.DataObject, start: datetime
) -> None:
    """Whatever the zone and the minute of the day, each date on the calendar gets one message;
    but for a clock change that moves the time into quiet hours that outlast its window."""
    schedule = data.draw(schedules(start, daily=True))
    life = Life(start, {ONE: schedule})
    for _ in range(9):
        life.live(DAY)
        life.answer()
    calendar = dates_there(start + 2 * DAY, start + 7 * DAY, ZoneInfo(schedule.zone))[1:-1]
    outcomes = {day.local_date: day for day in life.days[ONE]}
    sent = Counter(each.local_date for each in life.sent)
    for day in calendar:
        if outcomes[day].why is Why.QUIET:
            assert isinstance(schedule.anchor, FixedTime)
            there = datetime.combine(day, schedule.anchor.at, tzinfo=ZoneInfo(schedule.zone))
            assert there.utcoffset() != (there.replace(fold=1)).utcoffset()
        else:
            assert sent[day] == 1, (day, outcomes[day])


@many
@given(lives())
def test_2_nothing_is_sent_in_quiet_hours(life: Life) -> None:
    """Not after downtime, not snoozed, not after landing elsewhere."""
    assert not any(_quiet_at(sent.schedule, sent.at) for sent in life.sent)


@many
@given(lives())
def test_3_nothing_is_sent_after_its_window(life: Life) -> None:
    """From its time on the person's clock until the window has passed, never before or after."""
    for sent in life.sent:
        anchor = sent.schedule.anchor
        assert isinstance(anchor, FixedTime)
        day, zone = sent.local_date, sent.schedule.zone_on(sent.local_date)
        is_weekend = anchor.weekend is not None and day.isoweekday() > 5
        hour = anchor.weekend if is_weekend and anchor.weekend else anchor.at
        planned = datetime.combine(day, hour, tzinfo=zone).timestamp()
        assert 0 <= sent.at.timestamp() - planned < sent.schedule.window * 60


@many
@given(lives(waits | downs | steps | travels))
def test_4_two_are_never_closer_than_the_least_gap(life: Life) -> None:
    """Eight hours between two of one schedule, and a breather between any two."""
    for of, schedule in life.schedules.items():
        own = [sent.at for sent in life.sent if sent.schedule.id == of]
        assert all(b - a >= timedelta(minutes=schedule.least_gap) for a, b in pairwise(own))
    every = [sent.at for sent in life.sent]
    assert all(b - a >= timedelta(minutes=15) for a, b in pairwise(every))


@many
@given(lives(), st.integers(1, 3))
def test_5_ringing_again_changes_nothing(life: Life, workers: int) -> None:
    """Two workers that both found a moment: the second one sees it used, or put off alike."""
    life.live(DAY)
    before = list(life.sent)
    for _ in range(workers):
        for of, days in life.days.items():
            for day in days:
                facts = life.facts(of)
                verdict = decide(life.schedules[of], day.local_date, facts, life.now)
                assert verdict == Skip(Why.USED)
        life.tick()
    assert life.sent == before


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
    for of, schedule in list(life.schedules.items()):
        life.change(of, paused(schedule, until, life.now))
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


@many
@given(moments, zones, st.data())
def test_decisions_agree_with_the_planned_moment(
    start: datetime, zone: str, data: st.DataObject
) -> None:
    """What is due is never put off to the same instant, and what is early is told when."""
    schedule = data.draw(schedules(start, zone))
    life = Life(start, {ONE: schedule})
    due = life.due[ONE]
    assert due is not None
    day, at = due
    early = decide(schedule, day, life.facts(ONE), at - timedelta(seconds=1))
    assert early == Later(at)
    late = decide(schedule, day, life.facts(ONE), at + 2 * DAY)
    assert late in (Expire(Why.LATE), Expire(Why.QUIET))
