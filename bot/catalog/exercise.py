"""One exercise: its name, its purpose, where it comes from, and its steps."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bot.catalog.condition import Condition
from bot.catalog.later import Given, Later
from bot.catalog.revised import Revised
from bot.catalog.score import Score
from bot.catalog.signal import Signal
from bot.catalog.steps import AnyStep, Codes, Part, Question, StepId
from bot.catalog.text import Language, Text

ExerciseId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}\.[a-z0-9_]{2,24}$")]
"""Folder-like: "cbt.thought7". It travels inside a button, so it stays short."""


class Modality(StrEnum):
    """The treatment approach an exercise belongs to; every exercise names one."""

    CBT = "cbt"
    MINDFULNESS = "mindfulness"
    EMOTION = "emotion_regulation"
    DISTRESS = "distress_tolerance"
    INTERPERSONAL = "interpersonal_effectiveness"
    RELAPSE = "relapse_prevention"
    SAFETY = "safety"
    CHECK_IN = "check_in"
    MEASURE = "measure"


ALWAYS = (Modality.CHECK_IN, Modality.SAFETY, Modality.MEASURE)
"""What nothing closes: how somebody is, their safety plan, what the programme itself asks."""


class Avoid(StrEnum):
    """When an exercise is adapted or left out (clinical brief, section A0)."""

    TRAUMA = "T"
    EATING = "ED"
    BODY = "C"
    PSYCHOSIS = "P"
    UNSAFE_HOME = "DV"
    SUICIDAL = "SI"


class Need(StrEnum):
    """What a person may need right now: the menu leads from here to exercises."""

    ANXIOUS = "anxious"
    PANIC = "panic"
    LOW = "low"
    NUMB = "numb"
    ANGRY = "angry"
    ASHAMED = "ashamed"
    LONELY = "lonely"
    URGE = "urge"
    THOUGHT = "thought"
    TALK = "talk"
    STUCK = "stuck"
    SLEEP = "sleep"
    STEADY = "steady"


class Topic(StrEnum):
    """What an exercise touches on, so that a person can be warned of it or spared it."""

    SUBSTANCES = "substances"
    GAMBLING = "gambling"
    FOOD = "food"
    BODY = "body"
    BREATH = "breath"
    VIOLENCE = "violence"
    PAST = "past"
    SUICIDE = "suicide"
    FAMILY = "family"
    RELATIONSHIPS = "relationships"
    LOSS = "loss"
    MONEY = "money"
    FAITH = "faith"
    SLEEP = "sleep"


class Review(Part):
    """Whether a clinician has read it. A reviewed exercise names who and when."""

    status: Literal["draft", "reviewed"]
    by: str | None = None
    on: date | None = None

    @model_validator(mode="after")
    def _signed(self) -> "Review":
        if self.status == "reviewed" and (self.by is None or self.on is None):
            raise ValueError("a reviewed exercise says by whom and on which day")
        return self


class Suggestion(Part):
    """What is offered next, when the condition (if any) holds."""

    offer: tuple[str, ...] = Field(min_length=1)
    when: Condition | None = None


OWN = "own"
"""The target of questions about targets in a person's own words; it is on when there are any."""


class Target(Part):
    """Something a diary can follow, switched on or off for each person by their clinician.

    Without a choice of their own, people are asked about the `usual` ones.
    """

    id: StepId
    label: Text
    usual: bool = True


class Exercise(Revised):
    """What a clinician writes and a person goes through.

    `minutes` is an honest length. `keep_in_view` names the answer that is quoted above every
    later question. `avoid` says for whom it is adapted or left out. `opt: true` keeps it out of
    the menu until somebody switches it on; `need` says which needs lead to it. `given` are answers
    an earlier exercise brings along. `daily: true` makes every entry be about one day, which may
    also be yesterday. `targets` are what questions with `target:` can be switched off by.
    `attended: true` means that it is only offered by itself while somebody can answer an alarm.
    `topics` are what it touches on; people can ask to be warned of them or spared them.
    """

    schema_version: Literal[1] = Field(alias="schema")
    id: ExerciseId
    modality: Modality
    title: Text
    summary: Text
    minutes: int = Field(ge=1, le=60)
    languages: tuple[Language, ...] = Field(min_length=1)
    credits: tuple[str, ...] = Field(min_length=1)
    review: Review
    avoid: tuple[Avoid, ...] = ()
    topics: tuple[Topic, ...] = ()
    opt: bool = False
    need: tuple[Need, ...] = ()
    tags: tuple[StepId, ...] = ()
    codes: Codes = Codes()
    keep_in_view: str | None = None
    given: tuple[Given, ...] = ()
    daily: bool = False
    attended: bool = False
    targets: tuple[Target, ...] = ()
    scores: tuple[Score, ...] = ()
    signals: tuple[Signal, ...] = ()
    later: tuple[Later, ...] = ()
    suggest: tuple[Suggestion, ...] = ()
    steps: tuple[AnyStep, ...] = Field(min_length=1)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each step stands."""
        return {step.id: place for place, step in enumerate(self.steps)}

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The ids of all questions, in file order."""
        return tuple(step.id for step in self.steps if isinstance(step, Question))

    @cached_property
    def brought(self) -> dict[str, Given]:
        """The answers an earlier exercise brings along, by id."""
        return {each.id: each for each in self.given}

    @cached_property
    def needs(self) -> tuple[Given, ...]:
        """What has to be brought along; a list may as well be empty."""
        return tuple(each for each in self.given if not each.list)

    @cached_property
    def usual(self) -> tuple[str, ...]:
        """The targets of whom nobody has chosen for."""
        return tuple(each.id for each in self.targets if each.usual)

    @cached_property
    def scored(self) -> dict[str, Score]:
        """The scores by id."""
        return {each.id: each for each in self.scores}

    def find(self, step_id: str) -> AnyStep | None:
        """The step of this id, None where there is none."""
        place = self.places.get(step_id)
        return None if place is None else self.steps[place]

    def step(self, step_id: str) -> AnyStep:
        """The step of this id. Raises KeyError where there is none."""
        return self.steps[self.places[step_id]]
