"""What a person (or the clock) gives to a run."""

from typing import NamedTuple


class Said(NamedTuple):
    """Typed words. `mark` grows from message to message; an edit repeats the mark it corrects."""

    text: str
    mark: int = 0
    edited: bool = False


class Pressed(NamedTuple):
    """A button of the question asked in this turn; `choice` is one of the `controls` or own."""

    turn: int
    choice: str


class Rang(NamedTuple):
    """The timer that was set in this turn."""

    turn: int


Given = Said | Pressed | Rang

BACK, SKIP, PAUSE, STOP = "!back", "!skip", "!pause", "!stop"
DONE, KEEP, GO, USE, ENOUGH = "!done", "!keep", "!go", "!use", "!enough"
"""Choices that every question may carry; the mark keeps them apart from the ids of options."""
