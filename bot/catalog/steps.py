"""The closed set of step types an exercise is made of."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.catalog.condition import Condition
from bot.catalog.text import Text, Words

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
"""Lower-case letters, digits and underscores, at most 24: it travels inside a button."""


class Part(BaseModel):
    """Base of all parts of an exercise: frozen, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Step(Part):
    """Steps run in file order; `goto` names the step that follows instead."""

    id: StepId
    goto: str | None = None


class Question(Step):
    """A step that waits for the person. `label` is its short name in summaries ("Feelings")."""

    label: Text
    text: Text
    example: Text | None = None
    optional: bool = False


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


class Say(Step):
    """Words that ask nothing; shown together with the question that follows."""

    type: Literal["say"]
    text: Text
    speaker: Text | None = None


class AskText(Question):
    """Asks for words; the answer is what the person types."""

    type: Literal["ask_text"]
    max_chars: int = Field(default=600, ge=20, le=1500)


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


class RateEach(Question):
    """Asks for a number for each entry of an earlier list; `{{ item }}` is the entry."""

    type: Literal["rate_each"]
    of: str
    scale: Scale


class ChooseFrom(Question):
    """Asks for one entry of an earlier list; a list of one is chosen without asking."""

    type: Literal["choose_from"]
    of: str


class Option(Part):
    """One answer of an `ask_choice`; `goto` names the step it leads to."""

    id: StepId
    label: Text
    goto: str | None = None


class AskChoice(Question):
    """Asks for one of several options.

    `gate: true` marks a safety question: it has the options yes, no and unsure, cannot be
    skipped, and neither yes nor unsure may lead where no leads.
    """

    type: Literal["ask_choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    gate: bool = False


class Phase(Part):
    """One movement of a rhythm: `seconds` long, with the word that is shown meanwhile."""

    seconds: int = Field(ge=1, le=60)
    cue: Text


class Pace(Step):
    """A timed rhythm, `rounds` times through its phases, with moving words.

    It ends by itself, or when the person presses That's enough; then `stopped` names the step
    that follows (without it, the same as at the natural end). The answer kept is the number of
    seconds practised.
    """

    type: Literal["pace"]
    label: Text
    text: Text
    rounds: int = Field(ge=1, le=120)
    phases: tuple[Phase, ...] = Field(min_length=1)
    stopped: str | None = None

    @property
    def seconds(self) -> int:
        """How long the whole rhythm takes, in seconds."""
        return self.rounds * sum(phase.seconds for phase in self.phases)


class Branch(Step):
    """Goes on at `then` when the condition is true, else at `else`. Asks nothing."""

    type: Literal["branch"]
    when: Condition
    then: str
    otherwise: str = Field(alias="else")


class Change(Part):
    """A number asked before and again after, shown as what changed.

    `kind: intensity` is a feeling or distress (a fall is relief); `kind: belief` is how far a
    thought is believed. The first change of kind intensity is the one the feedback speaks of.
    `label` names what was rated both times ("Tension"); the entries of a list name themselves.
    """

    before: str
    after: str
    kind: Literal["intensity", "belief"] = "intensity"
    label: Text | None = None


class Remark(Part):
    """A closing line that is said only when the condition holds."""

    when: Condition
    text: Text


class Finish(Step):
    """The end: what changed, what is worth keeping in view, what was stored.

    `shows` lists the answers quoted in the summary, in order; `counts` the lists of which only
    the number of entries is told.
    """

    type: Literal["finish"]
    text: Text | None = None
    shows: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()


AnyStep = Annotated[
    Say | AskText | AskList | AskScale | RateEach | ChooseFrom | AskChoice | Pace | Branch | Finish,
    Field(discriminator="type"),
]
