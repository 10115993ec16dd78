"""How many of a group practised: a number without names, never about fewer than five people."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

LEAST = 5
"""No figure is given for fewer people (as the text of the consent says)."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GroupRing:
    """So many of so many practised in the seven days that ended last midnight."""

    practised: int
    counted: int


def group_ring(counted: AbstractSet[UUID], practised: AbstractSet[UUID]) -> GroupRing | None:
    """The figure over those who agreed to be counted; None where they are too few."""
    if len(counted) < LEAST:
        return None
    return GroupRing(len(counted & practised), len(counted))


def window(zone: str, now: datetime) -> tuple[datetime, datetime]:
    """The seven days up to last midnight there (UTC).

    Not up to now: whoever sees the number grow while one person is busy learns who it was.
    """
    local = now.astimezone(ZoneInfo(zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - WEEK).astimezone(now.tzinfo), midnight.astimezone(now.tzinfo)
