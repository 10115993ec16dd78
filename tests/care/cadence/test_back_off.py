"""Writing less to somebody who does not answer: every other day, then Sundays, and back."""

from datetime import date, timedelta

import pytest

from bot.care.cadence import (
    AroundSession,
    Facts,
    Frequency,
    Outage,
    Outcome,
    Schedule,
    Send,
    Skip,
    Why,
    answered,
    decide,
    ignored,
    slowed,
    slower,
    weekly_day,
)
from tests.care.cadence.life import Life
from tests.care.cadence.plans import PLAIN, TUESDAY, plan, utc

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def test_a_silent_fortnight() -> None:
    """Nobody answers: two come daily, the third says every other day, the fifth says Sundays."""
    start = utc("2026-03-02T00:00")  # a Monday
    life = Life(start, {PLAIN.id: plan(since=start)})
    life.live(21 * DAY)
    came = [(sent.local_date - MONDAY).days for sent in life.sent]
    assert came == [0, 1, 2, 4, 6, 13, 20]
    assert life.schedules[PLAIN.id].frequency is Frequency.WEEKLY
    skipped = {day.why for day in life.days[PLAIN.id] if day.outcome is Outcome.SKIPPED}
    assert skipped == {Why.BACKED_OFF}


def test_any_answer_brings_the_old_days_back() -> None:
    """After an answer the next day is a day like any other."""
    start = utc("2026-03-02T00:00")
    life = Life(start, {PLAIN.id: plan(since=start)})
    life.live(10 * DAY)
    life.answer()
    before = len(life.sent)
    life.live(2 * DAY)
    assert len(life.sent) - before == 2
    assert life.schedules[PLAIN.id] == answered(life.schedules[PLAIN.id])


@pytest.mark.parametrize(
    ("schedule", "count", "expected"),
    [
        (PLAIN, 0, None),
        (PLAIN, 1, None),
        (PLAIN, 2, Frequency.ALTERNATE),
        (PLAIN, 9, Frequency.ALTERNATE),
        (slowed(PLAIN, Frequency.ALTERNATE, TUESDAY), 3, None),
        (slowed(PLAIN, Frequency.ALTERNATE, TUESDAY), 4, Frequency.WEEKLY),
        (slowed(PLAIN, Frequency.WEEKLY, TUESDAY), 99, None),
        (plan(weekdays=(0, 2, 4)), 2, Frequency.WEEKLY),
        (plan(weekdays=(3,)), 9, None),
        (plan(anchor=AroundSession(minutes=-120)), 9, None),
    ],
)
def test_when_it_slows_down(schedule: Schedule, count: int, expected: Frequency | None) -> None:
    """One step at a time; a few days a week go straight to one; sessions keep their reminders."""
    assert slower(schedule, count) is expected


def test_the_slow_days() -> None:
    """Every other date from the one that said so; then Sunday, or the last weekday chosen."""
    alternate = slowed(PLAIN, Frequency.ALTERNATE, TUESDAY)
    weekly = slowed(PLAIN, Frequency.WEEKLY, TUESDAY)
    came: dict[Frequency, list[date]] = {Frequency.ALTERNATE: [], Frequency.WEEKLY: []}
    for schedule in (alternate, weekly):
        for offset in range(8):
            day = TUESDAY + offset * DAY
            verdict = decide(schedule, day, Facts(), utc(f"{day}T09:00"))
            if verdict == Send():
                came[schedule.frequency].append(day)
            else:
                assert verdict == Skip(Why.BACKED_OFF)
    assert came[Frequency.ALTERNATE] == [TUESDAY + n * DAY for n in (0, 2, 4, 6)]
    assert came[Frequency.WEEKLY] == [date(2026, 3, 8)]
    assert weekly_day(PLAIN) == 6
    assert weekly_day(plan(weekdays=(0, 2))) == 2


def test_what_counts_as_ignored() -> None:
    """What was delivered since the last answer, unless we were away when it could have come."""
    sent = [utc(f"2026-03-0{n}T09:00") for n in (1, 2, 3)]
    away = Outage(utc("2026-03-03T10:00"), utc("2026-03-03T10:05"))
    before = Outage(utc("2026-03-03T08:00"), utc("2026-03-03T08:30"))
    assert ignored(sent, None, []) == 3
    assert ignored(sent, utc("2026-03-01T20:00"), []) == 2
    assert ignored(sent, utc("2026-03-03T09:00"), []) == 0
    assert ignored(sent, None, [away]) == 2
    assert ignored(sent, None, [before]) == 3


def test_our_own_weeks_of_absence_slow_nothing_down() -> None:
    """Down for half of every day: whoever could not answer is not written to less."""
    start = utc("2026-03-02T00:00")
    life = Life(start, {PLAIN.id: plan(since=start)})
    for _ in range(10):
        life.live(10 * DAY / 24)
        life.go_down(14 * DAY / 24)
    assert life.schedules[PLAIN.id].frequency is Frequency.NORMAL
    assert len(life.sent) == 10
