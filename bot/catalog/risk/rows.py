"""Where each phrase is looked for, and what is tried there: the rows of signs of all phrases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog.risk.anchors import crosses, first_words, literals, ways
from bot.catalog.risk.finder import BETWEEN, BREAK_SIGN, CLUES, There, Try
from bot.catalog.risk.pattern import Edge, Either, Gap, Maybe, Node, One, Row, Unless


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Which sign stands for which word; a short form (kms) stands for several signs."""

    signs: Mapping[str, str]
    stops: str
    """Signs no gap may run over: negations."""

    def of(self, words: Iterable[str]) -> str:
        """The signs of these words, as the inside of a character class."""
        return "".join(sorted({self.signs[word] for word in words}))

    def row(self, words: Iterable[str]) -> str:
        """The signs of these words one after the other."""
        return "".join(self.signs[word] for word in words)

    def phrase(self, node: Node) -> str:
        """The tree as a regular expression that gives up early where it cannot begin."""
        begin, regex = self.of(first_words(node)), self.regex(node)
        return f"(?=[{begin}]){regex}" if begin and not regex.startswith((begin, "[")) else regex

    def regex(self, node: Node) -> str:
        """The tree as a regular expression over signs."""
        match node:
            case One(words):
                signs = self.of(words)
                return signs if len(signs) == 1 else f"[{signs}]"
            case Gap(most):
                return f"[^{BREAK_SIGN}{self.stops}]{{0,{most}}}?"
            case Edge("^"):
                return f"(?<={BREAK_SIGN})"
            case Edge("$"):
                return f"(?={BREAK_SIGN})"
            case Edge():
                return f"{BREAK_SIGN}{{0,2}}"
            case Row(parts):
                return "".join(self.regex(part) for part in parts)
            case Either(options):
                return f"(?:{'|'.join(self.regex(option) for option in options)})"
            case Maybe(part):
                return f"(?:{self.regex(part)})?"
            case Unless(part):
                return f"(?!{self.regex(part)})"


class Collected:
    """Collects the phrases of all kinds, in the order in which they are to be found.

    Owners and phrases are kept in lists and named by their place there, so that all of it can be
    written down; `plain` says how.
    """

    def __init__(self) -> None:
        self._sets: dict[str, int] = {}
        self._needs: dict[frozenset[int], int] = {}
        self._owners: list[Any] = []
        self._phrases: list[tuple[int, int, str]] = []
        self._kinds = 0
        self._fixed: dict[str, list[tuple[int, int]]] = {}
        self._tries: dict[str, tuple[list[Try], list[Try]]] = {}

    def add(self, phrases: Iterable[tuple[Any, Node]], alphabet: Alphabet) -> int:
        """One more kind of phrases, each with its owner; returns the kind's number."""
        places: dict[Any, int] = {}
        for owner, node in phrases:
            if owner not in places:
                places[owner] = len(self._owners)
                self._owners.append(owner)
            self._add(places[owner], node, alphabet)
        self._kinds += 1
        return self._kinds - 1

    def _add(self, owner: int, node: Node, alphabet: Alphabet) -> None:
        fixed = literals(node)
        if fixed is not None:
            for words in fixed:
                here = self._fixed.setdefault(alphabet.row(words), [])
                here.append((self._kinds, owner))
            return
        phrase, is_crossing = len(self._phrases), crosses(node)
        self._phrases.append((self._kinds, owner, alphabet.phrase(node)))
        for way in ways(node):
            need = self._needed(alphabet.of(words) for words in way.also)
            one: Try = (need, way.before, way.after + LOOK_AHEAD, phrase)
            for words in way.rows:
                tries = self._tries.setdefault(alphabet.row(words), ([], []))
                tries[is_crossing].append(one)

    def _needed(self, sets: Iterable[str]) -> int:
        # What needs an end of a sentence is tried everywhere: those are signs of no word.
        several = frozenset(
            self._sets.setdefault(signs, len(self._sets) % CLUES)
            for signs in sets
            if BREAK_SIGN not in signs
        )
        # The same number object every time: what is kept is written down once.
        return self._needs.setdefault(several, sum(1 << number for number in several))

    def plain(self) -> dict[str, Any]:
        """Everything as plain tuples and mappings, but for the owners."""
        there: dict[str, There] = {}
        same: dict[There, There] = {}
        for row in sorted(self._fixed.keys() | self._tries.keys()):
            within, crossing = self._tries.get(row, ((), ()))
            before = max((back for _, back, _, _ in within), default=0)
            after = max((ahead for _, _, ahead, _ in within), default=0)
            fixed = tuple(self._fixed.get(row, ()))
            one = fixed, tuple(within), tuple(crossing), before, after
            there[row] = same.setdefault(one, one)
        clues: dict[str, int] = {}
        for signs, number in self._sets.items():
            for sign in signs:
                clues[sign] = clues.get(sign, 0) | 1 << number
        return {
            "rows": BETWEEN.join(there),
            "there": [*there.values()],
            "owners": self._owners,
            "phrases": self._phrases,
            "clues": clues,
        }


LOOK_AHEAD = 2
"""How far behind a phrase's last word its pattern may look: over two ends of sentences."""
