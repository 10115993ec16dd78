"""Steps that ask: for words, numbers, one of several, several of many."""

from typing import Literal

from pydantic import Field, model_validator

from bot.catalog.number import Number
from bot.catalog.steps.base import Codes, Part, Question, StepId
from bot.catalog.text import Text, Words


class Scale(Part):
    """Whole numbers from `min` to `max`; buttons stand `by` apart; `low`, `high` name the ends."""

    min: int
    max: int
    by: int = 1
    low: Text | None = None
    high: Text | None = None

    @model_validator(mode="after")
    def _upwards(self) -> "Scale":
        if self.min >= self.max or self.by < 1 or (self.max - self.min) % self.by:
            raise ValueError("a scale goes up from min to max in whole steps of by")
        return self

    @property
    def marks(self) -> range:
        """The numbers that get a button."""
        return range(self.min, self.max + 1, self.by)

    def fall(self, before: float, after: float) -> float:
        """How far a rating fell, in points of 100 whatever the scale; negative when it rose."""
        return 100 * (before - after) / (self.max - self.min)


class AskText(Question):
    """Asks for words; the answer is what the person types.

    With `or_none` it asks whether there is anything at all: a typed "no" skips it.
    """

    type: Literal["ask_text"]
    max_chars: int = Field(default=600, ge=20, le=1500)
    or_none: bool = False

    @model_validator(mode="after")
    def _none_is_a_skip(self) -> "AskText":
        if self.or_none and not self.optional:
            raise ValueError("or_none needs optional: true, for a no is a skip")
        return self


class AskList(Question):
    """Asks for several words or sentences, one per message or line, then Done.

    With `suggest`, the words are offered as buttons and typed words may be parted by commas too.
    """

    type: Literal["ask_list"]
    suggest: Words | None = None
    max_items: int = Field(default=6, ge=1, le=12)
    max_chars: int = Field(default=300, ge=20, le=600)


class AskScale(Question):
    """Asks for one number on a scale."""

    type: Literal["ask_scale"]
    scale: Scale


class AskNumber(Question):
    """Asks for a number that is typed or tapped, such as hours of sleep.

    With `decimals: 1` it may have one digit behind the point ("7,5" counts as well). `suggest` are
    the numbers that get a button; `unit` stands behind the number ("hours").
    """

    type: Literal["ask_number"]
    min: Number
    max: Number
    decimals: Literal[0, 1] = 0
    unit: Text | None = None
    suggest: tuple[Number, ...] = ()

    @model_validator(mode="after")
    def _within(self) -> "AskNumber":
        numbers = (self.min, *self.suggest, self.max)
        if self.min >= self.max or not all(self.min <= each <= self.max for each in numbers):
            raise ValueError("a number goes from min up to max, and suggestions lie between them")
        if any(round(each, self.decimals) != each for each in numbers):
            raise ValueError("min, max and suggestions have no more decimals than decimals says")
        return self


class RateEach(Question):
    """Asks for a number for each entry of an earlier list; `{{ item }}` is the entry.

    The list is an `ask_list` or an `ask_many`.
    """

    type: Literal["rate_each"]
    of: str
    scale: Scale


class ChooseFrom(Question):
    """Asks for one entry of an earlier list; a list of one is chosen without asking.

    The list is an `ask_list` or an `ask_many`.
    """

    type: Literal["choose_from"]
    of: str


class Named(Part):
    """Something that can be chosen: its id is kept, its label is shown."""

    id: StepId
    label: Text
    codes: Codes = Codes()


class Option(Named):
    """One answer of an `ask_choice`; `goto` names the step it leads to.

    `value` is the number it counts as, in scores and where numbers are compared.
    """

    goto: str | None = None
    value: int | None = None


class AskChoice(Question):
    """Asks for one of several options; with `own: true` own words are an answer too.

    `gate: true` marks a safety question: it has the options yes, no and unsure, cannot be
    skipped, and neither yes nor unsure may lead where no leads.
    """

    type: Literal["ask_choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    gate: bool = False
    own: bool = False
    max_chars: int = Field(default=120, ge=20, le=300)

    @property
    def is_numeric(self) -> bool:
        """Whether whatever is chosen counts as a number."""
        return not self.own and all(option.value is not None for option in self.options)


class Several(Named):
    """One of the options of an `ask_many`; `alone: true` is for "none of these": it takes the
    others off, and any other takes it off.
    """

    alone: bool = False


class AskMany(Question):
    """Asks for several of a list, by tapping them on and off, then Done.

    With `own: true` the person can type words of their own as well. The answer holds the ids of
    the options and the own words, in the order they were chosen.
    """

    type: Literal["ask_many"]
    options: tuple[Several, ...] = Field(min_length=2)
    own: bool = False
    min_items: int = Field(default=1, ge=1, le=12)
    max_items: int = Field(default=12, ge=1, le=14)
    max_chars: int = Field(default=120, ge=20, le=300)

    @model_validator(mode="after")
    def _possible(self) -> "AskMany":
        together = sum(not option.alone for option in self.options)
        if self.min_items > self.max_items or (self.min_items > together and not self.own):
            raise ValueError("min_items cannot be more than can be chosen")
        return self
