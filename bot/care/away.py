"""How long somebody on the staff can be away: ready spans, on the clinic's own clock."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.care.cadence import placed

READS_AT = time(8, 0)
"""When somebody who is back reads again."""
LONGEST = timedelta(days=92)
"""Whoever is away for longer is better taken off the group."""
WEEK = 7
MONDAY = 0


class Span(StrEnum):
    """Until the next morning, the next Monday, or one or two Mondays later."""

    TOMORROW = "tomorrow"
    MONDAY = "monday"
    WEEK = "week"
    FORTNIGHT = "fortnight"


class Odd(StrEnum):
    """Why nobody can be away until then."""

    PAST = "past"
    LONG = "long"


def ends(span: Span, zone: str, now: datetime) -> datetime:
    """When somebody who leaves now reads again (UTC); Mondays are those after today."""
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    ahead = (MONDAY - today.weekday() - 1) % WEEK + 1
    days = {
        Span.TOMORROW: 1,
        Span.MONDAY: ahead,
        Span.WEEK: ahead + WEEK,
        Span.FORTNIGHT: ahead + 2 * WEEK,
    }
    return placed(today + timedelta(days=days[span]), READS_AT, local).at


def ready(zone: str, now: datetime) -> dict[Span, datetime]:
    """The spans to choose from, each with its end (UTC); none twice."""
    found: dict[Span, datetime] = {}
    for span in Span:
        end = ends(span, zone, now)
        if end not in found.values():
            found[span] = end
    return found


def odd(until: datetime, now: datetime) -> Odd | None:
    """What speaks against being away until then; None where nothing does."""
    if until.astimezone(UTC) <= now:
        return Odd.PAST
    return Odd.LONG if until - now > LONGEST else None
