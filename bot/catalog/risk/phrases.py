"""The shape of a phrase file: word classes, harmless sayings, cues, and families of phrases."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.catalog.problem import Problem, line_in
from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.rules import Where

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class HarmlessText(_Shape):
    """Sayings, media and literal use: their words are set aside for families of this language."""

    reason: Text
    say: Texts


class CueText(_Shape):
    """Words around a hit that put a flag on it, if the hit is of the same language."""

    flag: Flag
    where: Where
    say: Texts


class FamilyText(_Shape):
    """Phrases that mean the same: how grave, why, and what a flag makes of it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    category: Text
    tier: Tier
    reason: Text
    when: dict[Flag, Tier] = {}
    narrated: bool = False
    """True: told in the past tense, so a time long ago anywhere in the sentence makes it past."""
    say: Texts


class SignText(_Shape):
    """Phrases that alarm nobody alone, but count when they come together with others."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    say: Texts


class TogetherText(_Shape):
    """What signs mean when they stand near each other, in any order: “farewell + means”."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    category: Text
    tier: Tier
    reason: Text
    when: dict[Flag, Tier] = {}
    within: Annotated[int, Field(ge=2, le=80)] = 30
    """How many words apart, from the first word of the first to the last of the last."""
    of: Texts
    """Each entry names what must be there, joined by “+”; “a|b” is one of these."""


class PhraseText(_Shape):
    """One language's file."""

    language: Text
    words: dict[str, Texts] = {}
    spellings: dict[str, Texts] = {}
    typos: list[Text] = []
    real_words: list[Text] = []
    starred: list[Text] = []
    harmless: list[HarmlessText] = []
    cues: list[CueText] = []
    families: list[FamilyText] = []
    signs: list[SignText] = []
    together: list[TogetherText] = []


@dataclass(frozen=True)
class PhraseFile:
    """A file as it was read, and where in it everything stands."""

    name: str
    content: PhraseText
    tree: Any

    def problem(self, code: str, message: str, *place: str | int) -> Problem:
        """A problem at a place of this file."""
        return Problem(code, message, place, self.name, line_in(self.tree, place))
