"""The net under the families: letters and words with points, for every stretch of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from bot.catalog.risk import Tier
from bot.catalog.risk.finder import BREAK_SIGN
from bot.catalog.risk.letters import Letters, Points
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
        if _says_little(words[start:end]):
            continue
        points = total(words[start:end], letters)
        yield Weighed(start, end, points, letters.tier(points))


def _says_little(words: Sequence[str]) -> bool:
    """Whether too little is left to weigh: “I am not …” and “Help me now” must not alarm."""
    return sum(word not in (EATEN, BREAK) for word in words) < FEWEST


def total(words: Sequence[str], letters: Letters) -> Points:
    """The points of these words: each word and row counts once, the sum is shared out.

    By the root of how many groups had points: so a long stretch needs more of them than a short
    one, but not as many more as it is longer.
    """
    risk = crisis = count = 0
    for word in set(words) - {EATEN, BREAK}:
        one, other, groups = letters.word(word)
        risk, crisis, count = risk + one, crisis + other, count + groups
    for row in rows(words) & letters.groups.keys():
        one, other = letters.groups[row]
        risk, crisis, count = risk + one, crisis + other, count + 1
    share = isqrt(count * _SHARP**2) or 1
    return risk * _SHARP // share, crisis * _SHARP // share


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
    points: dict[str, Points] = {}
    for word in set(words) - {EATEN, BREAK}:
        risk, crisis, _ = letters.word(word)
        points[word] = risk, crisis
    others = rows(words) & letters.groups.keys()
    points |= {name: letters.groups[name] for name in others}
    return sorted(points.items(), key=lambda each: (-abs(sum(each[1])), each[0]))[:many]


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
