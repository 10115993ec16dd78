"""What a person can do to a schedule: leave a day out, travel."""

from datetime import datetime, timedelta

from bot.care.cadence.schedule import Move, Schedule
from bot.care.cadence.wall_clock import local_date


def without_today(schedule: Schedule, now: datetime) -> Schedule:
    """Nothing more today."""
    return schedule.model_copy(update={"skip_on": local_date(now, schedule.here)})


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
