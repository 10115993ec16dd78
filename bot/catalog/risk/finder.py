"""Finding phrases: words become single signs, phrases become rows of signs or regexes over them.

One Aho–Corasick pass finds, in C, every fixed phrase, and of all other phrases the rare words
(anchors) they cannot do without; only around those, and only where all needed words are near, a
regular expression is really tried.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, Generic, TypeVar

import ahocorasick

from bot.catalog.risk.anchors import first_words, literals, ways
from bot.catalog.risk.pattern import Edge, Either, Gap, Maybe, Node, One, Row, Unless

BREAK_SIGN, OTHER_SIGN, EATEN_SIGN = "\u2e80", "\u2e81", "\u2e82"
SPECIAL_SIGNS = BREAK_SIGN + OTHER_SIGN + EATEN_SIGN
FIRST_SIGN = 0x3400
BLOCK = 16
"""How many signs are looked at together before a phrase is really tried."""

T = TypeVar("T")
Span = tuple[T, int, int]
"""Whose phrase was found, and its begin and end."""


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


class Phrase(Generic[T]):
    """One phrase that is not fixed, and what it belongs to.

    Compiled when first tried: most phrases never are, and all at once would take a second.
    """

    __slots__ = ("_alphabet", "_node", "_regex", "owner")

    def __init__(self, owner: T, node: Node, alphabet: Alphabet) -> None:
        self.owner = owner
        self._node, self._alphabet = node, alphabet
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The phrase over signs."""
        if self._regex is None:
            begin = self._alphabet.of(first_words(self._node))
            look = f"(?=[{begin}])" if begin else ""
            self._regex = re.compile(look + self._alphabet.regex(self._node))
        return self._regex


@dataclass(slots=True)
class Anchored(Generic[T]):
    """What there is at a row of signs: the owners of a phrase that is just this row, and phrases
    to be tried, each with the clues it needs and how far before and after it lies."""

    before: int = 0
    after: int = 0
    owners: list[T] = field(default_factory=list)
    phrases: list[tuple[int, int, int, Phrase[T]]] = field(default_factory=list)


class Clues:
    """Which needed words there are in a text, looked up in blocks, each when first asked for.

    Shared by all finders; each set of words that a phrase needs gets a bit while they are made.
    """

    def __init__(self, vocabulary: Mapping[str, str]) -> None:
        self._bits: dict[str, int] = {}
        self._masks = dict.fromkeys(chain(SPECIAL_SIGNS, *vocabulary.values()), 0)

    def needed(self, sets: Iterable[str]) -> int:
        """The bits of these sets of signs."""
        return reduce(or_, map(self._bit, sets), 0)

    def _bit(self, signs: str) -> int:
        if signs not in self._bits:
            self._bits[signs] = 1 << len(self._bits)
            for sign in signs:
                self._masks[sign] |= self._bits[signs]
        return self._bits[signs]

    def of(self, text: str) -> "Near":
        """The clues of one text."""
        return Near(text, self._masks)


class Near:
    """What stands near a place of one text."""

    __slots__ = ("_blocks", "_masks", "_text")

    def __init__(self, text: str, masks: Mapping[str, int]) -> None:
        self._text, self._masks = text, masks
        self._blocks: dict[int, int] = {}

    def __call__(self, first: int, last: int) -> int:
        """The bits of everything between two places, rounded up to whole blocks."""
        near, blocks = 0, self._blocks
        for at in range(max(0, first) // BLOCK, last // BLOCK + 1):
            mask = blocks.get(at)
            if mask is None:
                signs = set(self._text[at * BLOCK : (at + 1) * BLOCK])
                mask = blocks[at] = reduce(or_, map(self._masks.__getitem__, signs), 0)
            near |= mask
        return near


Place = tuple[int, int, Anchored[T]]
"""Begin and end of a row of signs, and what there is at it."""


class Finder(Generic[T]):
    """All phrases of one kind; where to look for them says the `Index` it belongs to."""

    def __init__(self, phrases: Iterable[tuple[T, Node]], alphabet: Alphabet, clues: Clues) -> None:
        self._alphabet, self._clues = alphabet, clues
        self.by_row: dict[str, Anchored[T]] = {}
        for owner, node in phrases:
            self._add(owner, node)

    def _add(self, owner: T, node: Node) -> None:
        fixed = literals(node)
        if fixed is not None:
            for words in fixed:
                self._at(words).owners.append(owner)
            return
        phrase = Phrase(owner, node, self._alphabet)
        for way in ways(node):
            needed = self._clues.needed(self._alphabet.of(words) for words in way.also)
            for words in way.rows:
                here = self._at(words)
                here.before = max(here.before, way.before)
                here.after = max(here.after, way.after)
                here.phrases.append((needed, way.before, way.after + 2, phrase))

    def _at(self, words: Iterable[str]) -> Anchored[T]:
        row = self._alphabet.row(words)
        return self.by_row.setdefault(row, Anchored())

    def find(self, text: str, near: Near, places: Iterable[Place[T]]) -> Iterator[Span[T]]:
        """Every phrase found, with the begin and end of its span, in signs.

        `places` and `near` may be of the text before something was taken out of it.
        """
        for at, end, here in places:
            if EATEN_SIGN in text[at:end]:
                continue
            for owner in here.owners:
                yield owner, at, end
            if here.phrases:
                around = near(at - here.before, end + here.after)
                for needed, before, after, phrase in here.phrases:
                    if needed & around == needed:
                        begin, stop, search = max(0, at - before), end + after, phrase.regex.search
                        while found := search(text, begin, stop):
                            yield phrase.owner, found.start(), found.end()
                            begin = found.end()


class Index:
    """One automaton for the rows of all finders: a text is walked through once, in C.

    The automaton looks at a node's children one after the other, so each sign is spelled with
    three letters out of 3 x 32 instead of thousands of different ones.
    """

    def __init__(self, finders: Iterable[Finder[Any]], signs: Iterable[str]) -> None:
        several = tuple(finders)
        known = dict.fromkeys(chain(SPECIAL_SIGNS, *signs))
        self._code = {sign: _spelled(number) for number, sign in enumerate(known)}
        rows: dict[str, list[tuple[int, int, Anchored[Any]]]] = {}
        for number, finder in enumerate(several):
            for row, here in finder.by_row.items():
                code = "".join(map(self._code.__getitem__, row))
                rows.setdefault(code, []).append((number, len(row), here))
        self._many = len(several)
        self._automaton: Any = ahocorasick.Automaton()
        for code, there in rows.items():
            self._automaton.add_word(code, there)
        self._automaton.make_automaton()

    def places(self, text: str) -> list[list[Place[Any]]]:
        """For each finder, in their order, the places to look at."""
        found: list[list[Place[Any]]] = [[] for _ in range(self._many)]
        if self._automaton:
            for last, there in self._automaton.iter("".join(map(self._code.__getitem__, text))):
                end = (last + 1) // 3
                for number, length, here in there:
                    found[number].append((end - length, end, here))
        return found


def _spelled(number: int) -> str:
    return chr(0x100 + number // 1024) + chr(0x200 + number // 32 % 32) + chr(0x300 + number % 32)
