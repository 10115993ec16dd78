"""What one person was asked by itself, date by date: times and states, never words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.care.cadence import Outcome, Why
from bot.usecases.office.person.stretch import Stretch
from bot.usecases.timetable import Known
from bot.usecases.timetable.keep import CHECKIN
from bot.usecases.timetable.listing import ANSWERED, Line, listing


class Fate(StrEnum):
    """What became of a check-in. `outage` is ours and never counted as anybody's silence."""

    ANSWERED = "answered"
    SENT = "sent"
    SKIPPED = "skipped"
    PAUSED = "paused"
    OUTAGE = "outage"


WEIGHT = (Fate.PAUSED, Fate.SKIPPED, Fate.OUTAGE, Fate.SENT, Fate.ANSWERED)
"""Of several on one date the last of these is shown."""
_ENDED: dict[str, Fate] = {
    ANSWERED: Fate.ANSWERED,
    Outcome.SENT: Fate.SENT,
    Outcome.MISSED_SYSTEM: Fate.OUTAGE,
}
_SKIPPED = {
    Why.DONE: Fate.ANSWERED,
    Why.NOT_TODAY: Fate.SKIPPED,
    Why.SNOOZED_OUT: Fate.SKIPPED,
    Why.PAUSED: Fate.PAUSED,
    Why.CALLED_OFF: Fate.PAUSED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Each local date on which a check-in was due with what became of it, in order; and how many
    check-ins ended how (there may be two on one date)."""

    days: tuple[tuple[date, Fate], ...]
    counts: dict[Fate, int]


def asked(known: Known, stretch: Stretch) -> Asked:
    """The check-ins of the stretch."""
    return told(listing(known, stretch.days))


def told(lines: Iterable[Line]) -> Asked:
    """The same from the lines of a listing."""
    days: dict[date, Fate] = {}
    counts: Counter[Fate] = Counter()
    for line in lines:
        fate = _fate(line) if line.stored.purpose == CHECKIN else None
        if fate is None:
            continue
        counts[fate] += 1
        before = days.get(line.local_date)
        if before is None or WEIGHT.index(fate) > WEIGHT.index(before):
            days[line.local_date] = fate
    return Asked(tuple(sorted(days.items())), dict(counts))


def _fate(line: Line) -> Fate | None:
    """None for what was not due: too close to another, not on this date, or still to come."""
    if line.outcome == Outcome.SKIPPED:
        return _SKIPPED.get(line.why) if line.why is not None else None
    return _ENDED.get(line.outcome)
