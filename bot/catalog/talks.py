"""The talks two partners practise by phone: scene, two roles, pushback, what helps when stuck."""

from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.catalog.steps import Part
from bot.catalog.text import Text

PUSHES = 3
"""So many lines of the other person, each a little harder (clinical notes, A6)."""
ON_BUTTON, LINE, SCENE = 60, 120, 300
"""The most characters of what stands on a button, of one spoken line, of a scene."""

Short = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,11}$")]
"""An id that travels inside a button."""


class Suits(StrEnum):
    """Whom a variant is written for: an age, or people whose family decides together."""

    ADULT = "adult"
    YOUNG = "young"
    OLDER = "older"
    FAMILY = "family"


class Point(Part):
    """One thing that can be tapped on a card."""

    id: Short
    text: Text


class Variant(Part):
    """One scene: `other` is the role that pushes, `lines` what it says, in order."""

    id: Short
    suits: Suits
    title: Text
    other: Text
    scene: Text
    lines: tuple[Text, ...] = Field(min_length=PUSHES, max_length=PUSHES)


class Talk(Part):
    """One kind of talk. `practises` is the role of whoever practises, `solo` the exercise for one,
    `after` what may do good afterwards, `stuck` what is offered to whoever finds no words."""

    id: Short
    solo: str
    title: Text
    practises: Text
    after: tuple[str, ...] = ()
    stuck: tuple[Text, ...] = Field(min_length=PUSHES, max_length=PUSHES)
    worked: tuple[Point, ...] = Field(min_length=2, max_length=6)
    to_try: tuple[Point, ...] = Field(min_length=2, max_length=6)
    variants: tuple[Variant, ...] = Field(min_length=1)

    def variant(self, name: str) -> Variant | None:
        """One of its scenes; None if there is no such one."""
        return next((each for each in self.variants if each.id == name), None)

    @property
    def revision(self) -> str:
        """SHA-256 of what it says: a rehearsal keeps the one it began with."""
        return sha256(self.model_dump_json().encode()).hexdigest()


class Listening(Part):
    """What can be answered afterwards; a line that ends in … is a beginning, the rest is typed."""

    reflect: tuple[Text, ...] = Field(default=(), min_length=1, max_length=4)
    normalise: tuple[Text, ...] = Field(default=(), min_length=1, max_length=4)
    ask: tuple[Text, ...] = Field(default=(), min_length=1, max_length=4)


class Talks(Part):
    """All talks, in the order of their names, and the answers that fit every one."""

    talks: tuple[Talk, ...] = ()
    listening: Listening = Listening()

    def find(self, name: str) -> Talk | None:
        """A talk by its id; None if it is unknown."""
        return next((each for each in self.talks if each.id == name), None)


def is_beginning(line: str) -> bool:
    """Whether the rest of this line is typed."""
    return line.rstrip("?").rstrip().endswith("…")
