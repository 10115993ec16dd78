"""A text as the rules read it: a sign for each of its words, so that phrases are found in rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat

from bot.care.risk.finding import Hit
from bot.catalog.risk import Rules
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN, OTHER_SIGN
from bot.catalog.risk.normalise import BREAK

EATEN = ""
"""Stands for a word that is not to be weighed: part of a harmless saying, or of what was denied."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the phrases of all languages read it: their hits, and what they leave to the net.

    `typed`, `signs` and `left` go side by side, between breaks.
    """

    hits: tuple[Hit, ...]
    typed: list[str]
    """The words as they stood there."""
    signs: str
    left: str
    """The signs without what is harmless, denied, quoted or long ago: nothing for the net."""
    names: Mapping[str, str]
    """How the word of a sign is spelt when it is not misspelt."""

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """What is left to the net from word to word, other spellings undone."""
        return [
            EATEN if sign == EATEN_SIGN else self.names.get(sign, word)
            for sign, word in zip(self.left[start:end], self.typed[start:end], strict=True)
        ]


def signed(words: list[str], rules: Rules) -> tuple[list[str], str]:
    """The words, and a sign for each; between breaks. A short form (kms) is written out."""
    signs = "".join(map(rules.vocabulary.get, words, repeat(OTHER_SIGN)))
    if len(signs) > len(words):
        words = [word for word in words for _ in rules.vocabulary.get(word, OTHER_SIGN)]
    return [BREAK, *words, BREAK], f"{BREAK_SIGN}{signs}{BREAK_SIGN}"
