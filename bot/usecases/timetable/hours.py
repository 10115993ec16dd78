"""A person's own hours: when they want to be asked, which of them quiet hours leave free."""

from datetime import time

from bot.care.cadence import Quiet, read_hour
from bot.store.members import Member

DAYTIME = (time(18), time(12), time(9))
"""Hours for whoever chose no time of their own."""
EARLIER = -2


def quiet_of(member: Member) -> Quiet | None:
    """The quiet hours somebody chose; None where they chose to have none."""
    if member.quiet is None:
        return None
    start, end = (read_hour(each) for each in member.quiet)
    return None if start is None or end is None or start == end else Quiet(start=start, end=end)


def hours_of(member: Member, quiet: Quiet | None) -> list[time]:
    """The person's check-in times that quiet hours leave free, the earlier one first."""
    found = (read_hour(each) for each in member.checkins)
    return [each for each in found if each is not None and (quiet is None or not quiet.holds(each))]


def free_hour(member: Member, quiet: Quiet | None) -> time | None:
    """When something may come once a week: at the later check-in, else in the day; None where
    quiet hours leave no time."""
    free = (each for each in DAYTIME if quiet is None or not quiet.holds(each))
    return next(iter(hours_of(member, quiet)[::-1]), next(free, None))


def shifted(hour: time, hours: int, quiet: Quiet | None) -> time:
    """So many hours later (negative: earlier) on the same day and not in quiet hours; else the
    hour itself."""
    moved = hour.hour + hours
    if not 0 <= moved < 24:
        return hour
    at = time(moved, hour.minute)
    return hour if quiet is not None and quiet.holds(at) else at


def reminded_at(hours: list[time], quiet: Quiet | None) -> time:
    """Two hours before the later check-in, so that there is time left that evening."""
    return shifted(hours[-1], EARLIER, quiet)
