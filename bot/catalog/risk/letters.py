"""A net of letters: groups of letters and short rows of words with points, as its file says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.catalog.risk.kinds import Tier

Points = tuple[int, int]
"""Towards “at risk” (concern or crisis), and towards crisis."""
SHORTEST, LONGEST = 2, 5
"""How many letters a group of letters has; the edges of its word count as one each."""
MARK, EDGE = "~", "_"
"""What a group of letters begins with in the file, and the edge of a word."""
FROM = "="
"""The line of the file that says from how many points on a stretch is at risk, or in crisis."""


class LettersError(Exception):
    """A line that is none of a net: its number, and a sentence for who wrote it."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """Points of groups, and from how many on a stretch of text is a hit.

    `words` keeps what the letters of a word come to: only of words that are in the file.
    """

    groups: Mapping[str, Points]
    concern_at: int
    crisis_at: int
    words: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def word(self, word: str) -> tuple[int, int, int]:
        """A word with its letters: points at risk, points of crisis, how many groups have some."""
        kept = self.words.get(word)
        if kept is None:
            found = [self.groups[name] for name in groups_of(word) if name in self.groups]
            kept = sum(risk for risk, _ in found), sum(crisis for _, crisis in found), len(found)
            if word in self.groups:
                self.words[word] = kept
        return kept

    def tier(self, points: Points) -> Tier:
        """What points of a stretch come to."""
        if points[1] >= self.crisis_at:
            return Tier.CRISIS
        return Tier.CONCERN if points[0] >= self.concern_at else Tier.NONE


def groups_of(word: str) -> Iterator[str]:
    """The word itself, and every group of its letters as often as it is there."""
    yield word
    spelt = f"{EDGE}{word}{EDGE}"
    for length in range(SHORTEST, LONGEST + 1):
        for at in range(len(spelt) - length + 1):
            yield MARK + spelt[at : at + length]


def read_letters(text: str) -> Letters:
    """The net a file holds. Raises LettersError for the first line that is none."""
    groups: dict[str, Points] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line[0] == "#":
            continue
        name, *points = line.split("\t")
        try:
            risk, crisis = map(int, points)
        except ValueError:
            sentence = "A line is a group, a tab, points at risk, a tab, points of crisis."
            raise LettersError(number, sentence) from None
        if name in groups:
            raise LettersError(number, f"“{name}” stands here twice.")
        groups[name] = risk, crisis
    if FROM not in groups:
        raise LettersError(1, f"No line begins with “{FROM}” and says from how many points on.")
    return Letters(groups, *groups.pop(FROM))
