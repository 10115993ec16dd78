"""Properties 1 to 5 of 12: when something is sent, and when not, whatever happens."""

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
    Schedule,
    Skip,
    Why,
    decide,
)
from tests.care.cadence.life import Life, dates_there, minutes_of
from tests.care.cadence.stories import (
    downs,
    lives,
    moments,
    schedules,
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
