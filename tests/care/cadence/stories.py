"""Hypothesis strategies: schedules, and what may happen to a person and to us in some weeks."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from bot.care.cadence import (
    FixedTime,
    Quiet,
    Schedule,
    without_today,
    zone_names,
)
from tests.care.cadence.life import Life

zones = st.sampled_from(zone_names())
moments = st.integers(0, 26 * 366 * 24 * 60).map(
    lambda minutes: datetime(2005, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
hours = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))

weekdays = st.integers(1, 127).map(lambda bits: tuple(day for day in range(7) if bits >> day & 1))


@st.composite
def quiets(draw: st.DrawFn, *free: time) -> Quiet | None:
    """Quiet hours of up to 14 hours, across midnight or not, that leave these times free."""
    length, start = divmod(draw(st.integers(1440, 1440 * 14 * 60)), 1440)
    end = (start + length) % 1440
    quiet = Quiet(start=time(start // 60, start % 60), end=time(end // 60, end % 60))
    return None if any(quiet.holds(hour) for hour in free) else quiet


@st.composite
def schedules(
    draw: st.DrawFn, since: datetime, zone: str | None = None, number: int = 1, daily: bool = False
) -> Schedule:
    """A schedule at times of the person's own."""
    hour = draw(hours)
    weekend = None if daily else draw(st.none() | hours)
    return Schedule(
        id=UUID(int=number),
        participant=UUID(int=draw(st.integers(0, 99))),
        anchor=FixedTime(at=hour, weekend=weekend),
        zone=zone or draw(zones),
        weekdays=tuple(range(7)) if daily else draw(weekdays),
        window=draw(st.sampled_from((15, 60, 180, 720))),
        quiet=draw(quiets(hour, weekend or hour)),
        since=since,
    )


Deed = Callable[[Life], None]


def _of_all(change: Callable[[Schedule, Life], Schedule]) -> Deed:
    def deed(life: Life) -> None:
        for of, schedule in list(life.schedules.items()):
            life.change(of, change(schedule, life))

    return deed


def _wait(minutes: int) -> Deed:
    return lambda life: life.live(timedelta(minutes=minutes))


def _down(minutes: int) -> Deed:
    return lambda life: life.go_down(timedelta(minutes=minutes))


def _step(minutes: int) -> Deed:
    return lambda life: life.step(timedelta(minutes=minutes))


def _travel(zone: str) -> Deed:
    return lambda life: life.travel(zone)


def _pause(days: int) -> Deed:
    return lambda life: life.rest((life.now + timedelta(days=days)).date())


def _go_on(life: Life) -> None:
    life.rest(None)


def _snooze(life: Life) -> None:
    for of in life.schedules:
        life.snooze(of)


waits = st.integers(1, 2 * 24 * 60).map(_wait)
downs = st.integers(3, 3 * 24 * 60).map(_down)
steps = st.integers(-120, 120).map(_step)
travels = zones.map(_travel)
pauses = st.integers(0, 4).map(_pause) | st.just(_go_on)
skips = st.just(_of_all(lambda each, life: without_today(each, life.now)))
answers = st.just(Life.answer)
snoozes = st.just(_snooze)
anything = waits | waits | downs | steps | travels | pauses | skips | answers | snoozes


@st.composite
def lives(
    draw: st.DrawFn, deeds: st.SearchStrategy[Deed] = anything, many: int = 2, most: int = 15
) -> Life:
    """Some weeks of somebody, lived to their end."""
    start, zone = draw(moments), draw(zones)
    several = [draw(schedules(start, zone, number)) for number in range(1, many + 1)]
    life = Life(start, {each.id: each for each in several})
    for deed in draw(st.lists(deeds, min_size=1, max_size=most)):
        deed(life)
    return life
