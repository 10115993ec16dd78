"""What has to be known of a person and of ourselves to decide about a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

BEATS_LOST = timedelta(minutes=2)
"""A longer silence of our heartbeat was an outage; Telegram keeps a press for 150 seconds."""
TIME_TO_ANSWER = timedelta(hours=12)
"""An outage of ours in these hours after a reminder excuses the answer that did not come."""


class Standing(StrEnum):
    """Where a participant stands in the programme."""

    PENDING = "pending"
    ACTIVE = "active"
    DISCHARGED = "discharged"


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is sent on local dates from `since` up to, not including, `until`."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether this date lies in the pause."""
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Outage:
    """We were down from `start` to `end` (UTC). It never counts as anybody's silence."""

    start: datetime
    end: datetime

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether any of it lies between these two instants."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Facts:
    """All instants are UTC.

    `used`: local dates of this schedule that have their outcome; those around now are enough.
    `last_sent`: of this schedule. `last_unasked`: anything we sent this person unasked, this
    schedule or another. `ignored`: see `ignored`. `outages`: those of the last days. `pause`: of
    the whole person. `busy_at`: the last thing done in an exercise that stands open. `is_done`:
    what the reminder is for was done on this local date. `snoozes`, `snoozed_to`: of the date at
    hand. `sessions`: group sessions of the span in question. `is_closed`: the programme is over.
    """

    standing: Standing = Standing.ACTIVE
    is_closed: bool = False
    pause: Pause | None = None
    enrolled_on: date | None = None
    discharged_on: date | None = None
    sessions: tuple[datetime, ...] = ()
    used: frozenset[date] = frozenset()
    last_sent: datetime | None = None
    last_unasked: datetime | None = None
    ignored: int = 0
    outages: tuple[Outage, ...] = ()
    busy_at: datetime | None = None
    is_done: bool = False
    snoozes: int = 0
    snoozed_to: datetime | None = None


def outage(last_beat: datetime, now: datetime) -> Outage | None:
    """What the time since our last heartbeat was: an outage, or nothing worth naming."""
    return Outage(last_beat, now) if now - last_beat > BEATS_LOST else None


def ignored(sent: Iterable[datetime], answered: datetime | None, outages: Iterable[Outage]) -> int:
    """How many delivered reminders stand unanswered since the person last answered anything.

    `sent` holds deliveries only: what was never delivered, nobody can ignore.
    """
    ours = tuple(outages)
    return sum(
        (answered is None or at > answered)
        and not any(each.meets(at, at + TIME_TO_ANSWER) for each in ours)
        for at in sent
    )
