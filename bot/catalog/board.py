"""What the group board offers to choose from: situations, ready reasons, session questions."""

from typing import Annotated

from pydantic import StringConstraints

from bot.catalog.steps import Part
from bot.catalog.text import Text

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,23}$")]
"""Stands in a button beside another id, so it is short."""


class Situation(Part):
    """Where a line helped, such as "evening · alone · craving". A closed one takes no new lines."""

    id: Id
    label: Text
    closed: bool = False


class Reason(Part):
    """Why a line goes back: `label` on the therapist's button, `words` to the writer."""

    id: Id
    label: Text
    words: Text


class Question(Part):
    """Something to think about before a session; `label` stands on the therapist's button."""

    id: Id
    label: Text
    words: Text


class Board(Part):
    """Everything there is to choose from, in the order of the files."""

    situations: tuple[Situation, ...] = ()
    reasons: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()

    def situation(self, wanted: str) -> Situation | None:
        """One situation."""
        return next((each for each in self.situations if each.id == wanted), None)

    def reason(self, wanted: str) -> Reason | None:
        """One ready reason."""
        return next((each for each in self.reasons if each.id == wanted), None)

    def question(self, wanted: str) -> Question | None:
        """One question."""
        return next((each for each in self.questions if each.id == wanted), None)
