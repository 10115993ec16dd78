"""The closed form of a condition: no expressions, nothing to execute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from bot.catalog.number import Number
from bot.catalog.problem import Place


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _Bounds(_Form):
    at_least: Number | None = None
    at_most: Number | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether numbers are compared."""
        return self.at_least is not None or self.at_most is not None

    def admits(self, number: float | None) -> bool:
        """Whether the number lies within the bounds; no number never does."""
        if number is None or (self.at_least is not None and number < self.at_least):
            return False
        return self.at_most is None or number <= self.at_most


class _Test(_Bounds):
    is_: str | int | None = Field(default=None, alias="is")

    @model_validator(mode="after")
    def _one_test(self) -> _Test:
        if (self.is_ is not None) == self.is_bounded:
            raise ValueError("a condition needs either is:, or at_least: and at_most:")
        return self


class Compare(_Test):
    """One answer held against one thing.

    `is` compares words, option ids and numbers; `is: empty` is true of a question that was
    skipped, never reached, or left without entries. `at_least` and `at_most` compare numbers; of
    several ratings the highest counts.
    """

    answer: str


class Scored(_Test):
    """A score held against a number, or with `is` against the id of one of its bands.

    `is: empty` is true while too few of its items are answered.
    """

    score: str


class Pair(_Form):
    """The same rating before and after."""

    before: str
    after: str


class Moved(_Bounds):
    """How far a rating fell from before to after, in points of 100; negative when it rose.

    Of several entries, the one that was strongest before counts.
    """

    change: Pair

    @model_validator(mode="after")
    def _bounded(self) -> Moved:
        if not self.is_bounded:
            raise ValueError("a change needs at_least: or at_most:")
        return self


class All(_Form):
    """True when every part is true."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(_Form):
    """True when at least one part is true."""

    any: tuple[Condition, ...] = Field(min_length=1)


def _form(given: Any) -> str:
    keys = given if isinstance(given, dict) else getattr(given, "__dict__", {})
    return next((key for key in ("all", "any", "score", "change") if key in keys), "answer")


Condition = Annotated[
    Annotated[Compare, Tag("answer")]
    | Annotated[Scored, Tag("score")]
    | Annotated[Moved, Tag("change")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")],
    Discriminator(_form),
]

All.model_rebuild()
AnyOf.model_rebuild()

Single = Compare | Scored | Moved
AnyCondition = Single | All | AnyOf


def singles(condition: AnyCondition) -> Iterator[tuple[Place, Single]]:
    """All single comparisons a condition is made of, each with the way to it."""
    match condition:
        case All(all=parts):
            name = "all"
        case AnyOf(any=parts):
            name = "any"
        case _:
            yield (), condition
            return
    for at, part in enumerate(parts):
        for way, single in singles(part):
            yield (name, at, *way), single
