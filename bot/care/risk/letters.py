"""The net under the families: letters and words with points, for every stretch of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.catalog.risk import Tier
from bot.catalog.risk.finder import BREAK_SIGN
from bot.catalog.risk.letters import Letters, Packed, Points, unpacked
from bot.catalog.risk.normalise import BREAK

STRETCH = 60
"""About how many words are weighed together: so a long text does not add up what it says in many
places."""
EATEN = ""
"""Stands for a word that is not to be weighed: part of a harmless saying, or of what was denied."""
FEWEST = 4
"""So many words must be left beside what is not weighed, or they say too little."""
MANY = 6
"""How many words are named when somebody asks what weighed most."""
_NO_WORDS = frozenset({EATEN, BREAK})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A stretch of a text, from word to word, with its points."""

    start: int
    end: int
    points: Points
    tier: Tier


def weighed(words: Sequence[str], signs: str, letters: Letters) -> Iterator[Weighed]:
    """Every stretch of the words; `signs` says where sentences end, one sign for each word."""
    for start, end in stretches(signs):
        part = words[start:end]
        if len(part) - part.count(EATEN) - part.count(BREAK) < FEWEST:
            continue  # “I am not …” and “Help me now” must not alarm
        points = total(part, letters)
        yield Weighed(start, end, points, letters.tier(points))


def total(words: Sequence[str], letters: Letters) -> Points:
    """The points of these words, and of the pairs of words side by side; each counts once."""
    return unpacked(
        letters.points(set(words) - _NO_WORDS) + sum(_pairs_with_points(words, letters).values())
    )


def _pairs_with_points(words: Sequence[str], letters: Letters) -> dict[str, Packed]:
    """The pairs of the file that are in these words.

    None of the file has a break or a word that is not to be weighed.
    """
    known = letters.pairs
    return {pair: known[pair] for pair in known.keys() & {*map(" ".join, pairwise(words))}}


def pairs(words: Sequence[str]) -> set[str]:
    """All two words that stand side by side in one sentence."""
    return {" ".join(pair) for pair in pairwise(words) if _NO_WORDS.isdisjoint(pair)}


def heaviest(words: Sequence[str], letters: Letters, many: int) -> list[tuple[str, Points]]:
    """The words (with their letters) and pairs that weigh most, either way, for people to see."""
    found = {word: letters.points({word}) for word in set(words) - _NO_WORDS}
    found |= _pairs_with_points(words, letters)
    points = [(name, unpacked(each)) for name, each in found.items()]
    return sorted(points, key=lambda each: (-abs(sum(each[1])), each[0]))[:many]


def explained(read_words: Sequence[str], each: Weighed, letters: Letters) -> str:
    """A stretch's points, from how many on it counts, and what weighed most in it."""
    crisis = each.tier is Tier.CRISIS
    points, least = (
        (each.points[1], letters.crisis_at) if crisis else (each.points[0], letters.concern_at)
    )
    most = heaviest(read_words[each.start : each.end], letters, MANY)
    parts = ", ".join(f"{name} {risk:+d}/{of_crisis:+d}" for name, (risk, of_crisis) in most)
    return f"{points} points, {least} needed; weighed most (at risk/crisis): {parts}"


def stretches(signs: str) -> Iterator[tuple[int, int]]:
    """Where whole sentences up to a stretch begin and end."""
    begin = 0
    while begin < len(signs):
        end = len(signs)
        if end - begin > STRETCH:
            end = signs.rfind(BREAK_SIGN, begin + 1, begin + STRETCH) + 1 or begin + STRETCH
        yield begin, end
        begin = end
