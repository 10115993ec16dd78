"""How the answers of a questionnaire add up: which items, how, and what the sum is called."""

from typing import Literal

from pydantic import Field, model_validator

from bot.catalog.number import Number
from bot.catalog.steps.base import Codes, Part, StepId
from bot.catalog.text import Text


class Band(Part):
    """A stretch of a score with a name, both ends included. Staff read `for_staff` where there is
    one: a mark may differ for women and men, and which is whose nobody is told in the chat."""

    id: StepId
    from_: Number = Field(alias="from")
    to: Number
    label: Text
    for_staff: Text | None = None

    @property
    def staff_label(self) -> Text:
        """What staff read."""
        return self.for_staff or self.label


class Missing(Part):
    """At most so many items may be missing. `by: prorate` gives a missing one the mean of the
    others; `by: none` counts it as nothing.
    """

    most: int = Field(ge=1)
    by: Literal["prorate", "none"]


class Score(Part):
    """A number made of several answers; without `missing`, every item must be answered.

    `items` are scales, numbers and choices whose options have values. `reverse` names those that
    count from the other end. `times` multiplies the result. Bands go up without a gap.
    """

    id: StepId
    label: Text
    items: tuple[StepId, ...] = Field(min_length=1)
    how: Literal["sum", "mean"] = "sum"
    times: int = Field(default=1, ge=1)
    reverse: tuple[StepId, ...] = ()
    missing: Missing | None = None
    bands: tuple[Band, ...] = ()
    codes: Codes = Codes()

    @model_validator(mode="after")
    def _upwards(self) -> "Score":
        if any(band.from_ > band.to for band in self.bands):
            raise ValueError("a band goes from its lower end to its upper end")
        return self

    def band(self, value: float) -> Band | None:
        """The band a value lies in: the last that begins at or below it."""
        within = [band for band in self.bands if band.from_ <= value]
        return within[-1] if within else None
