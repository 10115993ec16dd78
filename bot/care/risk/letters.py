"""The net under the families: letters and words with points, for every stretch of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

from bot.care.risk.reading import EATEN, Read
from bot.catalog.risk import Tier
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN, OTHER_SIGN
from bot.catalog.risk.letters import Letters, Packed, Points, unpacked
from bot.catalog.risk.normalise import BREAK
from bot.catalog.risk.numbers import Pairs, numbers, pair

STRETCH = 60
"""About how many words are weighed together: so a long text does not add up what it says in many
places."""
FEWEST = 4
"""So many words must be left beside what is not weighed, or they say too little."""
MANY = 6
"""How many words are named when somebody asks what weighed most."""
_NO_WORDS = frozenset({EATEN, BREAK})
_NO_SIGNS = EATEN_SIGN + BREAK_SIGN


@dataclass(frozen=True, slots=True)
class Weighed:
    """A stretch of a text, from word to word, with its points."""

    start: int
    end: int
    points: Points
    tier: Tier


def weighed(read: Read, letters: Letters) -> Iterator[Weighed]:
    """Every stretch of the words with what it comes to."""
    for start, end, total in totals(read, letters):
        points = unpacked(total)
        yield Weighed(start, end, points, letters.tier(points))


def totals(read: Read, letters: Letters) -> Iterator[tuple[int, int, Packed]]:
    """Where each stretch begins and ends, and the points of all words and pairs in it, once."""
    left, of_words, of_pairs = read.left, letters.words.__getitem__, letters.pairs.get
    if _too_few(left, 0, len(left)):
        return
    words, pairs = numbers(left), Pairs(left)
    for start, end in stretches(read.signs):
        if _too_few(left, start, end):
            continue
        total = sum(map(of_words, {*words[start:end]}))
        total += sum(map(of_pairs, pairs.within(start, end), repeat(0)))
        unknown = {read.typed[at] for at in _others(left, start, end)}
        if unknown:
            total += letters.unknown(unknown)
        yield start, end, total


def _too_few(left: str, start: int, end: int) -> bool:
    """“I am not …” and “Help me now” must not alarm."""
    no_words = left.count(EATEN_SIGN, start, end) + left.count(BREAK_SIGN, start, end)
    return end - start - no_words < FEWEST


def _others(signs: str, start: int, end: int) -> Iterator[int]:
    """Where words are that have no sign."""
    while (start := signs.find(OTHER_SIGN, start, end)) >= 0:
        yield start
        start += 1


def pairs(words: Sequence[str]) -> set[str]:
    """All two words that stand side by side in one sentence."""
    return {" ".join(pair) for pair in pairwise(words) if _NO_WORDS.isdisjoint(pair)}


def heaviest(read: Read, each: Weighed, letters: Letters, many: int) -> list[tuple[str, Points]]:
    """The words (with their letters) and pairs that weigh most, either way, for people to see."""
    signs, words = read.left[each.start : each.end], read.words(each.start, each.end)
    found: dict[str, Packed] = {}
    for sign, word in zip(signs, words, strict=True):
        if sign not in _NO_SIGNS:
            is_known = sign != OTHER_SIGN
            found[word] = letters.words[ord(sign)] if is_known else letters.unknown([word])
    for both, two in zip(pairwise(signs), pairwise(words), strict=True):
        number = pair(*both)
        if number in letters.pairs:
            found[" ".join(two)] = letters.pairs[number]
    points = [(name, unpacked(one)) for name, one in found.items()]
    return sorted(points, key=lambda one: (-abs(sum(one[1])), one[0]))[:many]


def explained(read: Read, each: Weighed, letters: Letters) -> str:
    """A stretch's points, from how many on it counts, and what weighed most in it."""
    crisis = each.tier is Tier.CRISIS
    points, least = (
        (each.points[1], letters.crisis_at) if crisis else (each.points[0], letters.concern_at)
    )
    most = heaviest(read, each, letters, MANY)
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
