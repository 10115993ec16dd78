"""Quiet hours: the part of a person's day in which nothing is sent unasked."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, model_validator

from bot.care.cadence.hour import Hour
from bot.care.cadence.wall_clock import local_date


class Quiet(BaseModel):
    """From `start` up to, not including, `end`, on the clock on the wall; may cross midnight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: Hour = time(22, 0)
    end: Hour = time(8, 0)

    @model_validator(mode="after")
    def _some_day_is_left(self) -> "Quiet":
        if self.start == self.end:
            raise ValueError("quiet hours begin and end at different times")
        return self

    def holds(self, hour: time) -> bool:
        """Whether this time of day is quiet."""
        if self.start < self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


def is_quiet(quiet: Quiet | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock on the wall stands in the quiet hours at that instant."""
    return quiet is not None and quiet.holds(at.astimezone(zone).time())


def after_quiet(quiet: Quiet | None, at: datetime, zone: ZoneInfo) -> datetime:
    """The instant itself when it is not quiet, else the first end of the quiet hours after it."""
    if quiet is None or not is_quiet(quiet, at, zone):
        return at
    today = local_date(at, zone)
    ends = (  # clocks put back bring the end twice, and a date may be missing altogether
        datetime.combine(today + timedelta(days=day), quiet.end, tzinfo=zone).replace(fold=fold)
        for day in range(3)
        for fold in (0, 1)
    )
    return min(
        end
        for end in (each.astimezone(UTC) for each in ends)
        if end > at and not is_quiet(quiet, end, zone)
    )
