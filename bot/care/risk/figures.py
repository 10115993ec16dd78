"""How well the screen does on labelled lines: counts, rates and how sure one can be of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from bot.catalog.risk import Tier


@dataclass(frozen=True, slots=True)
class Judged:
    """A line's label, given by a person, and the tier the screen gave it."""

    lang: str
    label: Tier
    tier: Tier


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of so many, with the ends of the Wilson interval; no rate where there is none."""

    hits: int
    of: int
    rate: float | None
    low: float
    high: float

    def __str__(self) -> str:
        if self.rate is None:
            return "none to count"
        return f"{self.hits}/{self.of} {self.rate:.1%} ({self.low:.1%} to {self.high:.1%})"


Table = dict[str, dict[str, Share]]
"""For each language, each measure."""

_Z95 = 1.959963984540054
_RISK = frozenset({Tier.CRISIS, Tier.CONCERN})

MEASURES: dict[str, tuple[frozenset[Tier], Callable[[Tier], bool]]] = {
    "crisis_flagged": (frozenset({Tier.CRISIS}), lambda tier: tier > Tier.NONE),
    "crisis_as_crisis": (frozenset({Tier.CRISIS}), lambda tier: tier is Tier.CRISIS),
    "crisis_or_concern_flagged": (_RISK, lambda tier: tier > Tier.NONE),
    "none_flagged": (frozenset({Tier.NONE}), lambda tier: tier > Tier.NONE),
    "none_as_crisis": (frozenset({Tier.NONE}), lambda tier: tier is Tier.CRISIS),
}
"""Which labels are counted, and which tiers are hits."""


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a rate; from 0 to 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    rate, square = hits / of, _Z95 * _Z95
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = _Z95 * sqrt(rate * (1 - rate) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if not hits else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return low, high


def share(hits: int, of: int) -> Share:
    """The share with its interval."""
    return Share(hits, of, hits / of if of else None, *wilson(hits, of))


def table(judged: Iterable[Judged]) -> Table:
    """All measures for every language that has a labelled line, languages in order."""
    by_language: dict[str, list[Judged]] = {}
    for each in judged:
        by_language.setdefault(each.lang, []).append(each)
    return {lang: _measured(by_language[lang]) for lang in sorted(by_language)}


def _measured(judged: list[Judged]) -> dict[str, Share]:
    shares: dict[str, Share] = {}
    for measure, (labels, is_hit) in MEASURES.items():
        tiers = [each.tier for each in judged if each.label in labels]
        shares[measure] = share(sum(map(is_hit, tiers)), len(tiers))
    return shares
