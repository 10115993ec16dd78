"""Strong cravings that come again within a day (clinical notes, A7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

HIGH = 8
"""Of 10. Twice so strong within a day: surf it, call somebody, and the therapist sees a mark."""
SPAN = timedelta(hours=24)


def completes_a_pair(ratings: Iterable[tuple[datetime, float]]) -> bool:
    """Whether the newest of these ratings is the second strong one within a day.

    Each strong one belongs to one pair, so that a bad day raises two signals and not ten. The
    ratings may come in any order.
    """
    first: datetime | None = None
    completes = False
    for at, rating in sorted(ratings):
        completes = False
        if rating < HIGH:
            continue
        completes = first is not None and at - first <= SPAN
        first = None if completes else at
    return completes
