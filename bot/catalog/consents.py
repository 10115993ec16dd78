"""What a participant can agree to: one text for each way of using what they write."""

from enum import StrEnum
from hashlib import sha256

from pydantic import Field, model_validator

from bot.catalog.steps import Part
from bot.catalog.text import Text, said


class Scope(StrEnum):
    """One way of using what somebody writes.

    FRAME is the frame itself: automatic, who reads when, not for emergencies. Nothing else counts
    without it.
    """

    FRAME = "frame"
    THERAPIST_READS = "therapist_reads"
    PARTNER_TICKS = "partner_ticks"
    BOARD_LINES = "board_lines"
    NUMBERS_COUNTED = "numbers_counted"


SWITCHES = tuple(scope for scope in Scope if scope is not Scope.FRAME)
"""The four that are off until they are tapped."""


class Consent(Part):
    """The words of one scope: `label` on its switch, `why` it is asked, what `happens` with a yes.

    `version` grows with every change of the words; `since` is the version that last changed what
    one agrees to. Whoever agreed to an older one is asked again.
    """

    scope: Scope
    version: int = Field(ge=1)
    since: int = Field(ge=1)
    label: Text
    why: Text
    happens: Text

    @model_validator(mode="after")
    def _since_a_version(self) -> "Consent":
        if self.since > self.version:
            raise ValueError("since: cannot be later than version:")
        return self

    def sha(self, language: str) -> str:
        """SHA-256 of the words exactly as they are shown in this language."""
        words = (self.label, self.why, self.happens)
        return sha256("\n".join(said(text, language) for text in words).encode()).hexdigest()


class Consents(Part):
    """All texts by scope."""

    texts: dict[Scope, Consent] = Field(default_factory=dict)

    def since(self, scope: Scope) -> int:
        """The oldest version of these words that still says what is agreed to today."""
        text = self.texts.get(scope)
        return text.since if text is not None else 1
