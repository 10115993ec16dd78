"""When somebody is to be written to: frozen facts in local time, safe to write as JSON.

One schedule has one moment per local date; somebody who wants two a day has two schedules. No
instant is stored as the truth: the clock on the wall and the zone decide anew each time.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from bot.care.cadence.anchor import Anchor, AroundSession, FixedTime
from bot.care.cadence.quiet import Quiet
from bot.care.cadence.zones import find_zone


class Frequency(StrEnum):
    """How often reminders come after some were ignored."""

    NORMAL = "normal"
    ALTERNATE = "alternate"
    WEEKLY = "weekly"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _known(name: str) -> str:
    if find_zone(name) is None:
        raise ValueError("a time zone has a name such as America/New_York")
    return name


def _in_order(weekdays: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(weekdays)))


ZoneName = Annotated[str, AfterValidator(_known)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]


class Move(_Fact):
    """The zone somebody came from, which still counts for local dates before `until`; of those
    from then on, only times after the move `at` count."""

    zone: ZoneName
    until: date
    at: Moment


class Schedule(_Fact):
    """One kind of reminder to one participant.

    `weekdays`: 0 is Monday. `window`: minutes after its time in which it may still be sent.
    `least_gap`: minutes between two of this schedule. `since`: only times after this instant
    count. `first`, `until`: its first and last local date (None: open). `skip_on`: the date the
    person wants left out. `frequency`: lower after ignored reminders, since the date `slowed_on`
    that said so. `pause` is of plans stored before a pause was the person's (`Facts.pause`): none
    holds one; it is read and not written again.
    """

    id: UUID
    participant: UUID
    anchor: Anchor
    zone: ZoneName
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1), AfterValidator(_in_order)] = (
        tuple(range(7))
    )
    window: int = Field(default=180, ge=15, le=720)
    quiet: Quiet | None = Quiet()
    least_gap: int = Field(default=480, ge=0, le=1440)
    since: Moment
    first: date | None = None
    until: date | None = None
    move: Move | None = None
    pause: None = Field(default=None, exclude=True)
    skip_on: date | None = None
    frequency: Frequency = Frequency.NORMAL
    slowed_on: date | None = None

    @model_validator(mode="after")
    def _chosen_time_is_not_quiet(self) -> Self:
        if self.quiet is None or isinstance(self.anchor, AroundSession):
            return self
        chosen = [self.anchor.at]
        if isinstance(self.anchor, FixedTime) and self.anchor.weekend is not None:
            chosen.append(self.anchor.weekend)
        for hour in chosen:
            if self.quiet.holds(hour):
                raise ValueError(f"{hour:%H:%M} lies in the quiet hours")
        return self

    @property
    def here(self) -> ZoneInfo:
        """The zone the person is in now; quiet hours go by it."""
        return ZoneInfo(self.zone)

    def zone_on(self, day: date) -> ZoneInfo:
        """The zone that counts for this local date: a move counts from the next date on."""
        if self.move is not None and day < self.move.until:
            return ZoneInfo(self.move.zone)
        return self.here

    def counts(self, day: date, planned: datetime) -> bool:
        """Whether a time (UTC) belongs to the plan: it was yet to come when the plan was made."""
        if day < (self.first or day) or day > (self.until or day):
            return False
        if self.move is not None and day >= self.move.until and planned <= self.move.at:
            return False
        return planned > self.since and day.weekday() in self.weekdays
