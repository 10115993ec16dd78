"""What a wording rule is: words no text says, by language, and why."""

import re
from dataclasses import dataclass
from functools import cached_property

Words = dict[str, tuple[tuple[str, str], ...]]
"""By language: a piece of text that is looked for first because that is fast, then the pattern."""


@dataclass(frozen=True)
class Rule:
    """`quoted` rules hold even for what another person says in a role-play."""

    code: str
    why: str
    words: Words
    quoted: bool = False

    @cached_property
    def patterns(self) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
        """The patterns, compiled; they see small letters only."""
        return {
            language: tuple((sign, re.compile(rf"(?<!\w)(?:{each})(?!\w)")) for sign, each in pairs)
            for language, pairs in self.words.items()
        }

    def found(self, text: str, language: str) -> str | None:
        """What of the text (in small letters) breaks the rule."""
        for sign, pattern in self.patterns.get(language, ()):
            hit = pattern.search(text) if sign in text else None
            if hit is not None:
                return hit.group()
        return None
