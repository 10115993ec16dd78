"""Where each phrase is looked for, and what is tried there: the rows of signs of all phrases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog.risk.anchors import crosses, first_words, literals, ways
from bot.catalog.risk.finder import BREAK_SIGN, There, Tries, Try
from bot.catalog.risk.pattern import Edge, Either, Gap, Maybe, Node, One, Row, Unless

FIRST_SIGN = 0x3400


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
        self._phrases: list[tuple[int, str]] = []
        self._kinds = 0
        self._fixed: dict[str, list[tuple[int, int]]] = {}
        self._tries: dict[str, dict[tuple[int, bool], list[Try]]] = {}

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
        phrase, key = len(self._phrases), (self._kinds, crosses(node))
        self._phrases.append((owner, alphabet.phrase(node)))
        for way in ways(node):
            need = self._needed(alphabet.of(words) for words in way.also)
            one: Try = (need, way.before, way.after + LOOK_AHEAD, phrase)
            for words in way.rows:
                self._tries.setdefault(alphabet.row(words), {}).setdefault(key, []).append(one)

    def _needed(self, sets: Iterable[str]) -> int:
        several = frozenset(self._sets.setdefault(signs, len(self._sets)) for signs in sets)
        # The same number object every time: what is kept is written down once.
        return self._needs.setdefault(several, sum(1 << number for number in several))

    def plain(self) -> dict[str, Any]:
        """Everything as plain tuples and mappings, but for the owners."""
        rows: dict[str, There] = {}
        same: dict[There, There] = {}
        for row in self._fixed.keys() | self._tries.keys():
            there = tuple(self._fixed.get(row, ())), tuple(self._tried(row))
            rows[row] = same.setdefault(there, there)
        for row in [*rows]:
            for end in range(1, len(row)):
                rows.setdefault(row[:end], ())
        clues: dict[str, int] = {}
        for signs, number in self._sets.items():
            for sign in signs:
                clues[sign] = clues.get(sign, 0) | 1 << number
        return {"rows": rows, "owners": self._owners, "phrases": self._phrases, "clues": clues}

    def _tried(self, row: str) -> Iterator[Tries]:
        for (kind, is_crossing), tries in self._tries.get(row, {}).items():
            before, after = max(one[1] for one in tries), max(one[2] for one in tries)
            yield kind, is_crossing, before, after, tuple(tries)


LOOK_AHEAD = 2
"""How far behind a phrase's last word its pattern may look: over two ends of sentences."""
