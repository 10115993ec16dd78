"""What a schedule hangs on: a time of day, a day of the programme, or a group session."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.care.cadence.hour import Hour


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FixedTime(_Fact):
    """At the same time of day; `weekend` is the time on Saturdays and Sundays if it differs."""

    kind: Literal["fixed"] = "fixed"
    at: Hour
    weekend: Hour | None = None

    def on(self, day: date) -> Hour:
        """The time of day on this date."""
        return self.weekend if self.weekend is not None and day.weekday() >= 5 else self.at


class DaysAfter(_Fact):
    """So many days after enrolment or discharge (day 0): once, or every so many days until one."""

    kind: Literal["days_after"] = "days_after"
    of: Literal["enrolment", "discharge"]
    at: Hour
    first: int = Field(ge=0)
    every: int | None = Field(default=None, ge=1)
    last: int | None = Field(default=None, ge=0)

    def falls_on(self, day: date, start: date) -> bool:
        """Whether this date is one of them."""
        past = (day - start).days - self.first
        if past < 0 or (self.last is not None and self.first + past > self.last):
            return False
        return past == 0 if self.every is None else past % self.every == 0


class AroundSession(_Fact):
    """So many minutes after each group session; negative: before it."""

    kind: Literal["session"] = "session"
    minutes: int = Field(ge=-2880, le=2880)


Anchor = Annotated[FixedTime | DaysAfter | AroundSession, Field(discriminator="kind")]
