"""A questionnaire as a definition: everything but its official wording, which others own."""

from typing import Literal

from pydantic import Field, model_validator

from bot.catalog.exercise import Avoid, Review, Suggestion
from bot.catalog.number import Number
from bot.catalog.score import Band, Score
from bot.catalog.signal import Signal
from bot.catalog.steps import AnyStep, Codes, Part, StepId
from bot.catalog.text import Language, Text

INTRO = "intro"
"""The key of the words that stand above the questions: the period asked about."""


class Answer(Part):
    """One answer that can be given: our own neutral id, and what it counts as.

    With `ends: true` the questions are over when it is given.
    """

    id: StepId
    value: int
    ends: bool = False
    codes: Codes = Codes()


class Item(Part):
    """One question. `answers` names a set of them; without it a number from min to max is asked.

    Every item can be skipped unless `must: true`: nobody is made to answer.
    """

    id: StepId
    answers: StepId | None = None
    min: Number = 0
    max: Number | None = None
    must: bool = False
    codes: Codes = Codes()

    @model_validator(mode="after")
    def _one_kind(self) -> "Item":
        if (self.answers is None) == (self.max is None):
            raise ValueError("an item has either answers: or max:")
        return self


class Rhythm(Part):
    """When a programme usually asks: at the beginning, every so many days, in which tracks.

    Without `tracks`, in all of them.
    """

    intake: bool = False
    every_days: int | None = Field(default=None, ge=1, le=365)
    tracks: tuple[StepId, ...] = ()


class _Named(Part):
    """What both kinds of definition say about themselves."""

    schema_version: Literal[1] = Field(alias="schema")
    measure: StepId
    title: Text
    credits: tuple[str, ...] = Field(min_length=1)
    licence: str = Field(min_length=20)
    review: Review
    codes: Codes = Codes()


class Measure(_Named):
    """A questionnaire people can fill in once its wording is installed.

    `after` are our own steps behind the item named by `behind` (else the last), and at the end a
    finish called `done`.
    `attended` and `instead`: it is offered by itself only while somebody can answer an alarm, and
    `instead` names the measure that takes its place when nobody can.
    """

    summary: Text
    minutes: int = Field(ge=1, le=60)
    languages: tuple[Language, ...] = Field(min_length=1)
    avoid: tuple[Avoid, ...] = ()
    rhythm: Rhythm = Rhythm()
    attended: bool = False
    instead: StepId | None = None
    answers: dict[StepId, tuple[Answer, ...]] = Field(default_factory=dict)
    items: tuple[Item, ...] = Field(min_length=1)
    scores: tuple[Score, ...] = ()
    signals: tuple[Signal, ...] = ()
    suggest: tuple[Suggestion, ...] = ()
    behind: StepId | None = None
    after: tuple[AnyStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_answers(self) -> "Measure":
        used = {item.answers for item in self.items if item.answers is not None}
        if used != self.answers.keys():
            odd = ", ".join(sorted(used ^ self.answers.keys()))
            raise ValueError(f"items and sets of answers do not agree about {odd}")
        if self.after[-1].id != "done":
            raise ValueError("after: ends with a finish called done")
        if self.behind is not None and self.behind not in [item.id for item in self.items]:
            raise ValueError(f"behind: names the item {self.behind}, which is not there")
        return self

    @property
    def place(self) -> int:
        """How many items come before our own steps."""
        ids = [item.id for item in self.items]
        return len(ids) if self.behind is None else ids.index(self.behind) + 1

    @property
    def id(self) -> str:
        """The id of the exercise it becomes."""
        return exercise_id(self.measure)

    @property
    def keys(self) -> tuple[str, ...]:
        """What needs words, in the order of the form: intro, items, answers ("often.a0")."""
        options = (
            f"{name}.{each.id}" for name, several in self.answers.items() for each in several
        )
        return (INTRO, *(item.id for item in self.items), *options)


class EnteredScore(Part):
    """A score that staff write down; `min` and `max` are left out where they are not certain."""

    id: StepId
    label: Text
    min: Number | None = None
    max: Number | None = None
    decimals: Literal[0, 1, 2] = 0
    bands: tuple[Band, ...] = ()


class StaffMeasure(_Named):
    """A measure whose items may not be used here: staff enter its scores from the programme's
    own form."""

    staff_entry: Literal[True]
    scores: tuple[EnteredScore, ...] = Field(min_length=1)


AnyMeasure = Measure | StaffMeasure

Wording = dict[str, dict[str, str]]
"""The official words by key and language: {"q1": {"en": "…"}}."""


def exercise_id(measure: str) -> str:
    """The id of the exercise a measure becomes."""
    return f"measure.{measure}"
