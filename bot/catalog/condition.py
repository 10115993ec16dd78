"""The closed form of a condition: no expressions, nothing to execute."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Compare(_Form):
    """One answer held against one thing.

    `is` compares words, option ids and numbers; `is: empty` is true of a question that was
    skipped, never reached, or left without entries. `at_least` and `at_most` compare numbers; of
    several ratings the highest counts.
    """

    answer: str
    is_: str | int | None = Field(default=None, alias="is")
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Compare:
        given = [self.is_ is not None, self.at_least is not None or self.at_most is not None]
        if sum(given) != 1:
            raise ValueError("a condition needs either is:, or at_least: and at_most:")
        return self


class All(_Form):
    """True when every part is true."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(_Form):
    """True when at least one part is true."""

    any: tuple[Condition, ...] = Field(min_length=1)


def _form(given: Any) -> str:
    keys = given if isinstance(given, dict) else getattr(given, "__dict__", {})
    return next((key for key in ("all", "any") if key in keys), "answer")


Condition = Annotated[
    Annotated[Compare, Tag("answer")] | Annotated[All, Tag("all")] | Annotated[AnyOf, Tag("any")],
    Discriminator(_form),
]

All.model_rebuild()
AnyOf.model_rebuild()


def compares(condition: Compare | All | AnyOf) -> tuple[Compare, ...]:
    """All single comparisons a condition is made of."""
    match condition:
        case Compare():
            return (condition,)
        case All(all=parts) | AnyOf(any=parts):
            return tuple(compare for part in parts for compare in compares(part))
