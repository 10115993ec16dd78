"""The net under the families: letters and words with points, for every stretch of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isqrt

from bot.catalog.risk import Tier
from bot.catalog.risk.finder import BREAK_SIGN
from bot.catalog.risk.letters import Letters, Points, unpacked
from bot.catalog.risk.normalise import BREAK

STRETCH = 60
"""About how many words are weighed together: so a long text neither drowns what it says in one
place, nor adds up what it says in many."""
ROW = 3
"""How many words a row of words has at most."""
EATEN = ""
"""Stands for a word that is not to be weighed: part of a harmless saying, or of what was denied."""
FEWEST = 4
"""So many words must be left beside what is not weighed, or they say too little."""
MANY = 6
"""How many words are named when somebody asks what weighed most."""
_SHARP = 100
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
    """The points of these words: each word and row counts once, the sum is shared out.

    By the root of how many groups had points: so a long stretch needs more of them than a short
    one, but not as many more as it is longer.
    """
    everything = letters.points(set(words) - _NO_WORDS)
    everything += sum(map(letters.rows.__getitem__, _rows_with_points(words, letters)))
    risk, crisis, count = unpacked(everything)
    share = isqrt(count * _SHARP**2) or 1
    return risk * _SHARP // share, crisis * _SHARP // share


def _rows_with_points(words: Sequence[str], letters: Letters) -> set[str]:
    """The rows of the file that are in these words, and beginnings of some.

    No row of the file has a break or a word that is not to be weighed.
    """
    known = letters.rows
    pairs = [*map(" ".join, pairwise(words))]
    found = known.keys() & pairs
    if found:
        longer = {
            f"{pair} {word}" for pair, word in zip(pairs, words[2:], strict=False) if pair in found
        }
        found |= known.keys() & longer
    return found


def rows(words: Sequence[str]) -> set[str]:
    """Every row of two or three words that stand together in one sentence."""
    found = set[str]()
    for length in range(2, ROW + 1):
        for row in zip(*(words[at:] for at in range(length)), strict=False):
            if EATEN not in row and BREAK not in row:
                found.add(" ".join(row))
    return found


def heaviest(words: Sequence[str], letters: Letters, many: int) -> list[tuple[str, Points]]:
    """The words (with their letters) and rows that weigh most, whichever way, for people to see."""
    found = {word: letters.points({word}) for word in set(words) - _NO_WORDS}
    found |= {row: letters.rows[row] for row in _rows_with_points(words, letters)}
    points = [(name, unpacked(each)[:2]) for name, each in found.items()]
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
