"""A net of letters: groups of letters, words and pairs of words with points, as its file says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add

from bot.catalog.risk.kinds import Tier

Points = tuple[int, int]
"""Towards “at risk” (concern or crisis), and towards crisis."""
SHORTEST, LONGEST = 2, 4
"""How many letters a group of letters has; the edges of its word count as one each."""
WORD = 24
"""How many letters of a word are looked at: jajaja… must not add up as long as somebody laughs."""
MARK, EDGE = "~", "_"
"""What a group of letters begins with in the file, and the edge of a word."""
FROM = "="
"""The line of the file that says from how many points on a stretch is at risk, or in crisis."""


class LettersError(Exception):
    """A line that is none of a net: its number, and a sentence for who wrote it."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


Packed = int
"""Points at risk and points of crisis as one number, so that a stretch is added up by one `sum`.

The points of crisis have its last 24 bits, with a sign: enough for 80,000 groups of 100 points.
"""
_BITS = 24
_HALF, _MASK = 1 << _BITS - 1, (1 << _BITS) - 1


def packed(risk: int, crisis: int) -> Packed:
    """Both points as one number that can be added to others."""
    return (risk << _BITS) + crisis


def unpacked(total: Packed) -> Points:
    """Points at risk and points of crisis of a sum."""
    crisis = ((total + _HALF) & _MASK) - _HALF
    return (total - crisis) >> _BITS, crisis


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """Points of groups, and from how many on a stretch of text is a hit.

    Words are named by the numbers of their signs: every word has one that a phrase knows or that
    has points of its own.
    """

    words: Sequence[Packed]
    """What each word comes to, with its letters. An array: as a list it took 0.3 MB more."""
    pairs: Mapping[int, Packed]
    """Two words, one after the other, as `numbers.pair` numbers them."""
    groups: Mapping[str, Packed]
    """Groups of letters, without their mark."""
    concern_at: int
    crisis_at: int

    def unknown(self, words: Iterable[str]) -> Packed:
        """What words without a sign come to: their letters."""
        return _letters(words, self.groups)

    def tier(self, points: Points) -> Tier:
        """What points of a stretch come to."""
        if points[1] >= self.crisis_at:
            return Tier.CRISIS
        return Tier.CONCERN if points[0] >= self.concern_at else Tier.NONE


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """What the file of a net says: the points of words, of pairs and of groups of letters."""

    words: Mapping[str, Packed]
    pairs: Mapping[tuple[str, str], Packed]
    groups: Mapping[str, Packed]
    concern_at: int
    crisis_at: int

    def of_word(self, word: str) -> Packed:
        """What a word comes to: its own points and those of its letters."""
        return self.words.get(word, 0) + _letters([word], self.groups)


def _letters(words: Iterable[str], groups: Mapping[str, Packed]) -> Packed:
    """What the groups of letters in some words come to.

    All words in one string: no group goes over an edge, so none is found that is in no word.
    """
    spelt = f"{EDGE}{EDGE.join(word[:WORD] for word in words)}{EDGE}"
    longer, found = [*spelt], list[str]()
    for length in range(SHORTEST, LONGEST + 1):
        longer = [*map(add, longer, spelt[length - 1 :])]
        found += longer
    return sum(map(groups.get, found, repeat(0)))


def groups_of(word: str) -> Iterator[str]:
    """The word itself, and every group of its letters as often as it is there."""
    yield word
    spelt = f"{EDGE}{word[:WORD]}{EDGE}"
    for length in range(SHORTEST, LONGEST + 1):
        for at in range(len(spelt) - length + 1):
            yield MARK + spelt[at : at + length]


def read_letters(text: str) -> Net:
    """The net a file holds. Raises LettersError for the first line that is none."""
    points: dict[str, Points] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line[0] == "#":
            continue
        name, *written = line.split("\t")
        try:
            risk, crisis = map(int, written)
        except ValueError:
            sentence = "A line is a group, a tab, points at risk, a tab, points of crisis."
            raise LettersError(number, sentence) from None
        if name.count(" ") > 1:
            raise LettersError(number, f"“{name}” is more than two words.")
        if name in points:
            raise LettersError(number, f"“{name}” stands here twice.")
        points[name] = risk, crisis
    if FROM not in points:
        raise LettersError(1, f"No line begins with “{FROM}” and says from how many points on.")
    return _net(points, *points.pop(FROM))


def _net(points: Mapping[str, Points], concern_at: int, crisis_at: int) -> Net:
    words, groups = dict[str, Packed](), dict[str, Packed]()
    pairs: dict[tuple[str, str], Packed] = {}
    shared: dict[Packed, Packed] = {}  # pairs and groups have few different points
    for name, each in points.items():
        one = packed(*each)
        one = shared.setdefault(one, one)
        if name.startswith(MARK):
            groups[name[len(MARK) :]] = one
        elif " " in name:
            left, right = name.split(" ")
            pairs[left, right] = one
        else:
            words[name] = one
    return Net(words, pairs, groups, concern_at, crisis_at)
