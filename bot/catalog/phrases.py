"""The ready-made phrases partners send each other: one meaning, one text for each language."""

from enum import StrEnum

from pydantic import Field

from bot.catalog.steps import Part

LONGEST = 60
"""A phrase stands on a button too."""


class PhraseKind(StrEnum):
    """What a phrase is for: sent by itself, asks for a hello, answers what arrived, or answers
    words that were too heavy for a partner."""

    HELLO = "hello"
    ASK = "ask"
    REPLY = "reply"
    GLAD = "glad"


class Phrase(Part):
    """One phrase as a clinician writes it, in one language."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,15}$")
    kind: PhraseKind
    text: str = Field(min_length=2, max_length=LONGEST)


class Phrases(Part):
    """All phrases by language, in the order of the file; the same ids in every language."""

    by_language: dict[str, tuple[Phrase, ...]] = Field(default_factory=dict)

    def of_kind(self, *kinds: PhraseKind) -> tuple[str, ...]:
        """The ids of these kinds, in order."""
        first = next(iter(self.by_language.values()), ())
        return tuple(each.id for each in first if each.kind in kinds)

    def text(self, language: str, phrase: str) -> str | None:
        """A phrase in somebody's language, English where theirs is unknown; None if unknown."""
        found = self._find(language, phrase) or self._find("en", phrase)
        return None if found is None else found.text

    def kind(self, phrase: str) -> PhraseKind | None:
        """What a phrase is for; None if it is unknown."""
        found = self._find("en", phrase)
        return None if found is None else found.kind

    def _find(self, language: str, phrase: str) -> Phrase | None:
        return next((one for one in self.by_language.get(language, ()) if one.id == phrase), None)
