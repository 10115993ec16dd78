"""A workshop: short lessons in order, when each one opens, and the day on which it ends."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.catalog.exercise import Review
from bot.catalog.revised import Revised
from bot.catalog.steps import Part, StepId
from bot.catalog.text import Language, Text

WorkshopId = Annotated[str, StringConstraints(pattern=r"^ws\.[a-z0-9_]{2,20}$")]
"""It travels inside a button, so it stays short: "ws.urges7"."""


class Opens(StrEnum):
    """What has to happen before a lesson opens. Those that open by themselves come at the
    person's own hour."""

    NEXT_DAY = "next_day"
    AFTER_PREVIOUS = "after_previous"
    AFTER_SESSION = "after_session"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def weekday(self) -> int | None:
        """The weekday it names (0 is Monday), None for the other rules."""
        return _WEEKDAYS.get(self)


_WEEKDAYS: dict[Opens, int] = {rule: at for at, rule in enumerate(list(Opens)[3:])}


class Lesson(Part):
    """A minute to read, one exercise, and one question to try out until the next lesson.

    `opens` is left out in the first lesson, which opens when somebody joins.
    """

    id: StepId
    title: Text
    opens: Opens | None = None
    text: Text
    exercise: str
    ask: Text


class Workshop(Revised):
    """What a clinician writes and a group or a person goes through.

    `days`: it ends so many days after somebody joined, with the words of `ending`. `tracks`: whom
    it is offered to by itself; everybody where there are none. A therapist can give it to anybody.
    """

    schema_version: Literal[1] = Field(alias="schema")
    id: WorkshopId
    title: Text
    summary: Text
    days: int = Field(ge=2, le=120)
    languages: tuple[Language, ...] = Field(min_length=1)
    credits: tuple[str, ...] = Field(min_length=1)
    review: Review
    tracks: tuple[StepId, ...] = ()
    ending: Text
    lessons: tuple[Lesson, ...] = Field(min_length=2, max_length=40)

    @cached_property
    def exercises(self) -> frozenset[str]:
        """The ids of all exercises it leads to."""
        return frozenset(each.exercise for each in self.lessons)

    def place(self, lesson: str) -> int | None:
        """Where the lesson of this id stands, from 0; None where there is none."""
        return next((at for at, each in enumerate(self.lessons) if each.id == lesson), None)

    def suits(self, track: str | None) -> bool:
        """Whether people of this track find it in their menu; without a track, all do."""
        return not self.tracks or track is None or track in self.tracks
