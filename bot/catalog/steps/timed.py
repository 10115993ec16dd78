"""Steps that take their time: a rhythm to follow, or minutes to let pass."""

from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from bot.catalog.steps.base import Part, Spoken, Step
from bot.catalog.text import Text

LONGEST = 30 * 60
"""No step takes longer than half an hour; longer exercises are several steps."""


class Timed(Spoken, Step):
    """A step that ends by itself after its `duration`, or when the person has had enough.

    Then `stopped` names the step that follows (without it, the same as at the natural end). The
    answer kept is the number of seconds it lasted.
    """

    label: Text
    stopped: str | None = None

    @property
    def duration(self) -> int:
        """How long the whole of it takes, in seconds."""
        raise NotImplementedError  # each kind of timed step knows its own


class Phase(Part):
    """One movement of a rhythm: `seconds` long, with the word that is shown meanwhile."""

    seconds: int = Field(ge=1, le=60)
    cue: Text


class Pace(Timed):
    """A timed rhythm, `rounds` times through its phases, with moving words.

    `picture: circle` shows a circle that grows and shrinks with the breath beside the words; for
    two phases (in, out), three (in, hold, out) or four (in, hold, out, hold).
    """

    type: Literal["pace"]
    picture: Literal["circle"] | None = None
    rounds: int = Field(ge=1, le=120)
    phases: tuple[Phase, ...] = Field(min_length=1)

    @property
    def seconds(self) -> tuple[int, ...]:
        """How long each phase takes."""
        return tuple(phase.seconds for phase in self.phases)

    @property
    def duration(self) -> int:
        """How long all rounds take, in seconds."""
        return self.rounds * sum(self.seconds)


class Moment(Part):
    """Words that come `at` so many seconds after the beginning, and stand until the next."""

    at: int = Field(ge=1, le=LONGEST)
    text: Text


class Wait(Timed):
    """Lets time pass: ten minutes with an urge, ninety seconds of looking around.

    `minutes` or `seconds` say how long. `moments` change the words on the way; the minutes left
    are shown by themselves. With `bells`, a soft bell begins and ends it (and one halfway, when
    it is long), or the clinic's own recording begins it.
    """

    type: Literal["wait"]
    minutes: int | None = Field(default=None, ge=1, le=LONGEST // 60)
    seconds: int | None = Field(default=None, ge=5, le=LONGEST)
    moments: tuple[Moment, ...] = ()
    bells: bool = False

    @model_validator(mode="after")
    def _how_long(self) -> "Wait":
        if (self.minutes is None) == (self.seconds is None):
            raise ValueError("a wait has either minutes: or seconds:")
        starts = [0, *(moment.at for moment in self.moments), self.duration]
        if any(one >= other for one, other in pairwise(starts)):
            raise ValueError("moments come one after the other, before the time is over")
        return self

    @property
    def duration(self) -> int:
        """How long it takes, in seconds."""
        return self.seconds if self.seconds is not None else 60 * (self.minutes or 0)
