"""What a person can do to a schedule: pause it, leave a day out, stop it, travel."""

from datetime import date, datetime, timedelta

from bot.care.cadence.schedule import Move, Pause, Schedule
from bot.care.cadence.wall_clock import local_date


def paused(schedule: Schedule, until: date, now: datetime) -> Schedule:
    """Nothing from today on until that local date, which is written on again."""
    since = local_date(now, schedule.here)
    return schedule.model_copy(update={"pause": Pause(since=since, until=until)})


def resumed(schedule: Schedule) -> Schedule:
    """Written to again from now on."""
    return schedule.model_copy(update={"pause": None})


def without_today(schedule: Schedule, now: datetime) -> Schedule:
    """Nothing more today."""
    return schedule.model_copy(update={"skip_on": local_date(now, schedule.here)})


def stopped(schedule: Schedule, now: datetime) -> Schedule:
    """Nothing more at all."""
    today = local_date(now, schedule.here)
    return schedule.model_copy(update={"until": today, "skip_on": today})


def travelled(schedule: Schedule, zone: str, now: datetime) -> Schedule:
    """In another zone: quiet hours go by it at once, times from the next local date on.

    ValueError when there is no such zone.
    """
    today = local_date(now, schedule.here)
    last, plan = schedule.move, dict(schedule)
    if last is not None and today < last.until:  # a second move the same day
        move = last.model_copy(update={"at": now})
    else:
        move = Move(zone=schedule.zone, until=today + timedelta(days=1), at=now)
    if last is not None and move.zone == schedule.zone:  # the zone before it is forgotten now
        plan |= {"first": last.until, "since": max(schedule.since, last.at)}
    return Schedule.model_validate({**plan, "zone": zone, "move": move})
