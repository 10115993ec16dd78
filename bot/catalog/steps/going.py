"""Steps that ask nothing: words, a fork, the end."""

from typing import Literal

from pydantic import Field

from bot.catalog.condition import Condition
from bot.catalog.steps.base import Part, Spoken, Step
from bot.catalog.text import Text, said


class Say(Spoken, Step):
    """Words that ask nothing; shown together with the question that follows.

    `speaker` names who says them, in a role-play ("Your friend").
    """

    type: Literal["say"]
    speaker: Text | None = None


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


class Remark(Spoken):
    """A closing line that is said only when the condition holds."""

    when: Condition


class Copy(Part):
    """Words put together from answers, for the person to copy and use elsewhere.

    Plain words without markup. A line that names an answer that is empty is left out. `label` is
    the name on the button.
    """

    text: Text
    label: Text | None = None


class Finish(Step):
    """The end: what changed, what is worth keeping in view, what was stored.

    `shows` lists the answers quoted in the summary, in order; `counts` the lists of which only
    the number of entries is told; `scores` the scores that are told. With `one_remark: true` only
    the first remark that holds is said.
    """

    type: Literal["finish"]
    text: Text | None = None
    plain: Text | None = None
    shows: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()
    one_remark: bool = False
    copies: Copy | None = Field(default=None, alias="copy")

    def words(self, language: str, plain: bool) -> str:
        """What is said at the end, in easier words where they are wanted; "" for nothing."""
        text = self.plain if plain and self.plain else self.text
        return said(text, language) if text else ""
