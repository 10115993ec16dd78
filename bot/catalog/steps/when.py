"""The step that asks for a moment, and the moments that have a button."""

from enum import StrEnum
from typing import Literal

from pydantic import model_validator

from bot.catalog.steps.base import Question


class Handy(StrEnum):
    """Moments that have a button, on the person's own clock."""

    IN_AN_HOUR = "in_an_hour"
    IN_TWO_HOURS = "in_two_hours"
    THIS_EVENING = "this_evening"
    TOMORROW_MORNING = "tomorrow_morning"
    TOMORROW_MIDDAY = "tomorrow_midday"
    TOMORROW_EVENING = "tomorrow_evening"
    IN_TWO_DAYS = "in_two_days"
    IN_A_WEEK = "in_a_week"
    IN_TWO_WEEKS = "in_two_weeks"
    IN_A_MONTH = "in_a_month"
    JUST_NOW = "just_now"
    AN_HOUR_AGO = "an_hour_ago"
    THIS_MORNING = "this_morning"
    YESTERDAY_EVENING = "yesterday_evening"
    TWO_DAYS_AGO = "two_days_ago"
    A_WEEK_AGO = "a_week_ago"

    @property
    def has_been(self) -> bool:
        """Whether this is a moment of the past."""
        return self in HAVE_BEEN


HAVE_BEEN = (
    Handy.JUST_NOW, Handy.AN_HOUR_AGO, Handy.THIS_MORNING, Handy.YESTERDAY_EVENING,
    Handy.TWO_DAYS_AGO, Handy.A_WEEK_AGO,
)  # fmt: skip
USUAL = (
    Handy.THIS_EVENING, Handy.TOMORROW_MORNING, Handy.TOMORROW_EVENING, Handy.IN_A_WEEK,
)  # fmt: skip
USUAL_PAST = (
    Handy.AN_HOUR_AGO, Handy.THIS_MORNING, Handy.YESTERDAY_EVENING, Handy.TWO_DAYS_AGO,
)  # fmt: skip


class AskWhen(Question):
    """Asks for a day and a time on the person's own clock: a moment to come, or one that has been.

    `suggest` names the moments that get a button. The answer is that wall clock with its zone:
    "2026-11-27T18:00[Europe/Madrid]".
    """

    type: Literal["ask_when"]
    past: bool = False
    suggest: tuple[Handy, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> "AskWhen":
        if any(each.has_been != self.past for each in self.suggest):
            raise ValueError("suggested moments lie ahead, or with past: true all behind")
        return self

    @property
    def offered(self) -> tuple[Handy, ...]:
        """The moments that get a button."""
        return self.suggest or (USUAL_PAST if self.past else USUAL)
