"""Who has been quiet for so long that a therapist should know: our own downtime never counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.care.cadence import Outage

NEVER = 0
"""So many days mean that nobody is told."""
MOST = 60


def silence(heard: datetime, now: datetime, outages: Iterable[Outage]) -> timedelta:
    """How long somebody has been quiet since they were heard of last, without the time in which
    we were down and could have heard nobody."""
    spans = sorted((max(each.start, heard), min(each.end, now)) for each in outages)
    down, reached = timedelta(0), heard
    for start, end in spans:
        begin = max(start, reached)
        if end > begin:
            down += end - begin
            reached = end
    return max(now - heard - down, timedelta(0))


def is_quiet(days: int, heard: datetime, now: datetime, outages: Iterable[Outage]) -> bool:
    """Whether that is as many days as the group chose; never where it chose none."""
    return days > NEVER and silence(heard, now, outages) >= timedelta(days=days)
