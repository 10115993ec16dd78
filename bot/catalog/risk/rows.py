"""Where each phrase is looked for, and what is tried there: the rows of signs of all phrases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.catalog.risk.anchors import first_words, literals, ways
from bot.catalog.risk.finder import BREAK_SIGN, spelling
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
        begin = self.of(first_words(node))
        return (f"(?=[{begin}])" if begin else "") + self.regex(node)

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


@dataclass(slots=True)
class _Here:
    """What there is at a row of signs: see `finder.Anchored`."""

    before: int = 0
    after: int = 0
    owners: list[int] = field(default_factory=list)
    phrases: list[tuple[int, int, int, int]] = field(default_factory=list)


class Rows:
    """Collects the phrases of all kinds, in the order in which they are to be found.

    Owners and phrases are kept in lists and named by their place there, so that all of it can be
    written down; `plain` says how.
    """

    def __init__(self, vocabulary: Mapping[str, str]) -> None:
        self._vocabulary = vocabulary
        self._sets: dict[str, int] = {}
        self._needs: dict[tuple[int, ...], int] = {}
        self._owners: list[Any] = []
        self._phrases: list[tuple[int, str]] = []
        self._kinds: list[dict[str, _Here]] = []

    def add(self, phrases: Iterable[tuple[Any, Node]], alphabet: Alphabet) -> None:
        """One more kind of phrases, each with what it belongs to: JSON, or made JSON later."""
        self._kinds.append({})
        places: dict[Any, int] = {}
        for owner, node in phrases:
            if owner not in places:
                places[owner] = len(self._owners)
                self._owners.append(owner)
            self._add(places[owner], node, alphabet)

    def _add(self, owner: int, node: Node, alphabet: Alphabet) -> None:
        fixed = literals(node)
        if fixed is not None:
            for words in fixed:
                self._at(alphabet.row(words)).owners.append(owner)
            return
        phrase = len(self._phrases)
        self._phrases.append((owner, alphabet.phrase(node)))
        for way in ways(node):
            need = self._needed(alphabet.of(words) for words in way.also)
            for words in way.rows:
                here = self._at(alphabet.row(words))
                here.before = max(here.before, way.before)
                here.after = max(here.after, way.after)
                here.phrases.append((need, way.before, way.after + 2, phrase))

    def _at(self, row: str) -> _Here:
        return self._kinds[-1].setdefault(row, _Here())

    def _needed(self, sets: Iterable[str]) -> int:
        several = tuple(self._sets.setdefault(signs, len(self._sets)) for signs in sets)
        return self._needs.setdefault(several, len(self._needs))

    def plain(self) -> dict[str, Any]:
        """Everything as JSON, but for the owners: rows with the same at them stand together."""
        code = spelling(self._vocabulary.values())
        there: dict[str, list[tuple[int, _Here]]] = {}
        for number, kind in enumerate(self._kinds):
            for row, here in kind.items():
                there.setdefault("".join(map(code.__getitem__, row)), []).append((number, here))
        same: dict[str, tuple[list[Any], list[str]]] = {}
        for row, several in there.items():
            plain = [
                [number, here.before, here.after, here.owners, here.phrases]
                for number, here in several
            ]
            same.setdefault(repr(plain), (plain, []))[1].append(row)
        return {
            "sets": list(self._sets),
            "needs": list(self._needs),
            "owners": self._owners,
            "phrases": self._phrases,
            "kinds": len(self._kinds),
            "rows": list(same.values()),
        }
