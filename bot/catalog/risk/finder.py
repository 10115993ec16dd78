"""Finding phrases: words become single signs, phrases become rows of signs or regexes over them.

One Aho–Corasick pass finds, in C, every fixed phrase, and of all other phrases the rare words
(anchors) they cannot do without; only around those, and only where all needed words are near, a
regular expression is really tried.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, Generic, TypeVar

import ahocorasick

BREAK_SIGN, OTHER_SIGN, EATEN_SIGN = "\u2e80", "\u2e81", "\u2e82"
SPECIAL_SIGNS = BREAK_SIGN + OTHER_SIGN + EATEN_SIGN
BLOCK = 16
"""How many signs are looked at together before a phrase is really tried."""

T = TypeVar("T")
Span = tuple[T, int, int]
"""Whose phrase was found, and its begin and end."""


class Pattern:
    """A regular expression over signs.

    Compiled when first tried: most never are, and all at once would take a second.
    """

    __slots__ = ("_compiled", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._compiled: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression, ready for use."""
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return self._compiled


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """One phrase that is not fixed, and what it belongs to."""

    owner: T
    pattern: Pattern


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

    Shared by all phrases. Each set of words that some phrase needs has a bit: its place in `sets`.
    """

    def __init__(self, vocabulary: Mapping[str, str], sets: Iterable[str]) -> None:
        self._masks = dict.fromkeys(chain(SPECIAL_SIGNS, *vocabulary.values()), 0)
        for number, signs in enumerate(sets):
            for sign in signs:
                self._masks[sign] |= 1 << number

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


def find(text: str, near: Near, places: Iterable[Place[T]]) -> Iterator[Span[T]]:
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
                    begin, stop = max(0, at - before), end + after
                    search = phrase.pattern.regex.search
                    while found := search(text, begin, stop):
                        yield phrase.owner, found.start(), found.end()
                        begin = found.end()


There = tuple[tuple[int, Anchored[Any]], ...]
"""What there is at one row of signs, each with the number of the kind of phrases it belongs to."""


class Index:
    """One automaton for the rows of all kinds of phrases: a text is walked through once, in C.

    `alphabet` spells each sign with letters, as `spelling` makes it; rows are spelled with it.
    """

    def __init__(
        self, alphabet: Mapping[str, str], kinds: int, rows: Iterable[tuple[Sequence[str], There]]
    ) -> None:
        self._alphabet, self._kinds = alphabet, kinds
        self._automaton: Any = ahocorasick.Automaton()
        add = self._automaton.add_word
        for spelled, there in rows:
            for row in spelled:
                add(row, (len(row) // LETTERS, there))
        self._automaton.make_automaton()

    def places(self, text: str) -> list[list[Place[Any]]]:
        """For each kind of phrases, by number, the places to look at."""
        found: list[list[Place[Any]]] = [[] for _ in range(self._kinds)]
        if self._automaton:
            spelled = "".join(map(self._alphabet.__getitem__, text))
            for last, (length, there) in self._automaton.iter(spelled):
                end = (last + 1) // LETTERS
                for number, here in there:
                    found[number].append((end - length, end, here))
        return found


LETTERS = 3


def spelling(signs: Iterable[str]) -> dict[str, str]:
    """How each sign is spelled for the automaton: with three letters out of 3 x 32.

    The automaton looks at a node's children one after the other, so it must not have thousands.
    """
    known = dict.fromkeys(chain(SPECIAL_SIGNS, *signs))
    return {sign: _spelled(number) for number, sign in enumerate(known)}


def _spelled(number: int) -> str:
    return chr(0x100 + number // 1024) + chr(0x200 + number // 32 % 32) + chr(0x300 + number % 32)
