"""Finding phrases: words become single signs, phrases become regular expressions over signs.

One Aho–Corasick pass finds the rare words (anchors) of which every phrase has one; only around
those places, and only the phrases whose needed words are all near, are then really tried.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, Generic, TypeVar

import ahocorasick

from bot.catalog.risk.anchors import ways
from bot.catalog.risk.pattern import Edge, Either, Gap, Maybe, Node, One, Row, Unless

BREAK_SIGN, OTHER_SIGN, EATEN_SIGN = "\u2e80", "\u2e81", "\u2e82"
SPECIAL_SIGNS = BREAK_SIGN + OTHER_SIGN + EATEN_SIGN
FIRST_SIGN = 0x3400
BLOCK = 16
"""How many signs are looked at together before a phrase is really tried."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Which sign stands for which word; a short form (kms) stands for several signs."""

    signs: Mapping[str, str]
    stops: str
    """Signs no gap may run over: negations."""

    def of(self, words: frozenset[str]) -> str:
        """The signs of these words, as the inside of a character class."""
        return "".join(sorted({self.signs[word] for word in words}))

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
    """One phrase, and what it belongs to.

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
            self._regex = re.compile(self._alphabet.regex(self._node))
        return self._regex


@dataclass(slots=True)
class Anchored(Generic[T]):
    """The phrases at an anchor, each with what it needs and how far before and after it lies."""

    before: int
    after: int
    phrases: list[tuple[int, int, int, Phrase[T]]]


class Clues:
    """A quick look at what stands near a place, shared by all finders.

    Grows while the finders are made: each set of words that a phrase needs gets a bit.
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

    def blocks(self, text: str) -> list[int]:
        """The bits of every BLOCK signs together."""
        masks = list(map(self._masks.__getitem__, text))
        return [reduce(or_, masks[at : at + BLOCK]) for at in range(0, len(masks), BLOCK)]


class Finder(Generic[T]):
    """All phrases of one kind, found in one go."""

    def __init__(self, phrases: Iterable[tuple[T, Node]], alphabet: Alphabet, clues: Clues) -> None:
        by_anchor: dict[str, Anchored[T]] = {}
        for owner, node in phrases:
            self._add(owner, node, alphabet, clues, by_anchor)
        self._places: Any = ahocorasick.Automaton()
        for anchor, here in by_anchor.items():
            self._places.add_word(anchor, here)
        self._places.make_automaton()

    def _add(
        self,
        owner: T,
        node: Node,
        alphabet: Alphabet,
        clues: Clues,
        by_anchor: dict[str, Anchored[T]],
    ) -> None:
        phrase = Phrase(owner, node, alphabet)
        for way in ways(node):
            needed = clues.needed(alphabet.of(words) for words in way.also)
            tried = needed, way.before, way.after + 2, phrase
            for sign in alphabet.of(way.words):
                here = by_anchor.setdefault(sign, Anchored(0, 0, []))
                here.before = max(here.before, way.before)
                here.after = max(here.after, way.after)
                here.phrases.append(tried)

    def find(self, text: str, blocks: Sequence[int]) -> Iterator[tuple[T, int, int]]:
        """Every phrase found, with the begin and end of its span, in signs.

        `blocks` are the clues of the text, or of the text before something was taken out of it.
        """
        if not self._places:
            return
        for at, here in self._places.iter(text):
            near, last = 0, (at + here.after) // BLOCK
            for mask in blocks[max(0, at - here.before) // BLOCK : last + 1]:
                near |= mask
            for needed, before, after, phrase in here.phrases:
                if needed & near == needed:
                    begin, end, search = max(0, at - before), at + after, phrase.regex.search
                    while found := search(text, begin, end):
                        yield phrase.owner, found.start(), found.end()
                        begin = found.end()
