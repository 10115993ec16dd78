"""The rules as the screen uses them, made once from the phrase files of all languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.catalog.risk.finder import Index, Pattern
from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.letters import Letters

Where = Literal["before", "after", "sentence", "message"]
PLACES: tuple[Where, ...] = get_args(Where)


@dataclass(frozen=True, slots=True)
class Family:
    """Phrases that mean the same."""

    id: str
    category: str
    tier: Tier
    reason: str
    when: Mapping[Flag, Tier] = field(default_factory=dict, hash=False)
    narrated: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Words before, after or around a hit that put a flag on it."""

    flag: Flag
    where: Where


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues that are looked for at one place."""

    each: tuple[tuple[int, Flag, Pattern], ...]
    """All ways to give one flag, with a bit of its own."""
    needed: Mapping[str, int]
    """The bits a sign gives: those of all that cannot do without such a sign."""
    reach: int
    """How many signs they can cover or look ahead at most."""


@dataclass(frozen=True, slots=True)
class Together:
    """A family whose phrases are signs that stand near each other, in any order.

    `groups`: one out of each must be there; looked for in this order, so that the same text always
    gives the same hit.
    """

    family: Family
    groups: tuple[tuple[str, ...], ...]
    within: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The numbers that one language's kinds of phrases have in the index.

    What is harmless is found with the reason, what is dangerous with the family (a sign is a
    family without a category).
    """

    harmless: int
    families: int


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """What belongs to one language; what is harmless, and cues, act on its hits only."""

    language: str
    kinds: Kinds
    cues: Mapping[Where, Cues]
    together: tuple[Together, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the screen needs. Made once by `load_risk`; keep it, share it."""

    languages: tuple[LanguageRules, ...]
    """Every text is screened with all of them: people mix."""
    vocabulary: Mapping[str, str]
    """The sign (or signs) of every word that any phrase, or the net, knows."""
    words: Mapping[str, str]
    """The word, spelt well, of every sign that stands in phrases."""
    index: Index
    """Finds the phrases of all languages."""
    letters: Letters | None
    """The net under all phrases."""
    guess: Callable[[str], str | None]
