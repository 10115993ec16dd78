"""Finding phrases: words become single signs, phrases become rows of signs or regexes over them.

One walk over the text (Aho and Corasick's, in Rust) finds every fixed phrase, and of all other
phrases the rare words (anchors) they cannot do without; only around those, and only where all
needed words are near, a regular expression is really tried.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import or_
from typing import Any

from ahocorasick_rs import AhoCorasick

BREAK_SIGN, OTHER_SIGN, EATEN_SIGN = "\u2e80", "\u2e81", "\u2e82"

BETWEEN = " "
"""Between two rows where all are one text: no word has this sign. As a list they would be read a
third slower, and leave gaps in memory that nothing else fills."""

SHORT = 24
"""A sentence of fewer signs is looked at as a whole: once, for all that is to be tried in it."""
BLOCK = 8
"""In longer ones, so many signs are looked at together."""

Span = tuple[Any, int, int]
"""Whose phrase was found, and its begin and end."""
Try = tuple[int, int, int, int]
"""A phrase to be tried: bits of the clues it needs, how far before and after it may lie, number."""
There = tuple[tuple[tuple[int, int], ...], tuple[Try, ...], tuple[Try, ...]]
"""What there is at a row of signs: phrases that are just this row, each with its kind's and its
owner's number; what is to be tried within the sentence; and what may go over the end of one.

Plain numbers and tuples, as there are tens of thousands and all are read when Between starts."""


class Pattern:
    """A regular expression over signs.

    Compiled when first tried: most never are, and all at once would take seconds. `search` and
    `match` are those of the compiled one, without a step between, and not there before.
    """

    __slots__ = ("_source", "match", "search")

    match: Callable[[str, int, int], re.Match[str] | None]
    search: Callable[[str, int, int], re.Match[str] | None]

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Asked for a name that is not there: compiles, then knows it."""
        if name not in ("match", "search"):
            raise AttributeError(name)
        compiled = re.compile(self._source)
        self.match, self.search = compiled.match, compiled.search
        return getattr(compiled, name)


Phrase = tuple[int, int, Pattern]
"""A phrase that is not fixed: its kind's number, its owner's number, its pattern."""


@dataclass(frozen=True, slots=True)
class Index:
    """The phrases of all kinds, and where to look for them.

    `rows` finds rows of signs, `there` says what there is at each. `owners` and `phrases` are
    named by number there. `clues` are the bits a sign gives: one for each set of words that it is
    in and that some phrase needs.
    """

    rows: AhoCorasick
    there: Sequence[There]
    owners: Sequence[Any]
    phrases: Sequence[Phrase]
    clues: Mapping[str, int]

    def look(self, signs: list[str]) -> "Looked":
        """Walks through a text once, for all kinds of phrases."""
        return Looked(self, "".join(signs), [*map(self.clues.get, signs, repeat(0))])


class Looked:
    """A text, with the phrases in it that are fixed, and the places to try others, by kind."""

    __slots__ = ("_clues", "_fixed", "_index", "_near", "_text", "_tries")

    def __init__(self, index: Index, text: str, clues: list[int]) -> None:
        self._index, self._clues, self._text = index, clues, text
        self._fixed: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._tries: dict[int, list[tuple[int, int, int, int, int]]] = defaultdict(list)
        self._near: dict[tuple[int, int], int] = {}
        self._walk()

    def _walk(self) -> None:
        text, everywhere, clues = self._text, self._index.there, self._clues
        phrases, to_try = self._index.phrases, self._tries
        begin = stop = around = 0
        is_short = False
        for row, at, end in self._index.rows.find_matches_as_indexes(text, overlapping=True):
            fixed, tries, crossing = everywhere[row]
            for kind, owner in fixed:
                self._fixed[kind].append((owner, at, end))
            if tries and end >= stop:
                begin = max(0, text.rfind(BREAK_SIGN, 0, at))
                stop = text.find(BREAK_SIGN, end) + 1 or len(text)
                is_short = stop - begin < SHORT
                around = reduce(or_, clues[begin:stop], 0) if is_short else 0
            for needed, back, ahead, number in tries:
                if not is_short:
                    around = self._around(at - back, end + ahead)
                if needed & around == needed:
                    first, last = max(begin, at - back), min(stop, end + ahead)
                    to_try[phrases[number][0]].append((number, at, end, first, last))
            for needed, back, ahead, number in crossing:
                if needed & self._around(at - back, end + ahead) == needed:
                    first, last = max(0, at - back), min(len(text), end + ahead)
                    to_try[phrases[number][0]].append((number, at, end, first, last))

    def _around(self, first: int, last: int) -> int:
        """The clues between two places, and some more: a row of blocks is added up only once."""
        block, after = max(0, first) // BLOCK, -(-last // BLOCK)
        near = self._near.get((block, after))
        if near is None:
            near = reduce(or_, self._clues[block * BLOCK : after * BLOCK], 0)
            self._near[block, after] = near
        return near

    def find(self, kind: int, text: str) -> Iterator[Span]:
        """Every phrase of a kind that is in the text, which may have lost signs since the look."""
        if EATEN_SIGN not in text:
            return self._found(kind, text)
        if text.count(BREAK_SIGN) < self._text.count(BREAK_SIGN):
            # An end of a sentence was set aside: phrases may reach further now.
            return Looked(self._index, text, self._clues).find(kind, text)
        return self._found(kind, text)

    def _found(self, kind: int, text: str) -> Iterator[Span]:
        owners, is_whole = self._index.owners, EATEN_SIGN not in text
        for owner, at, end in self._fixed.get(kind, ()):
            if is_whole or EATEN_SIGN not in text[at:end]:
                yield owners[owner], at, end
        for number, at, end, begin, stop in self._tries.get(kind, ()):
            if is_whole or EATEN_SIGN not in text[at:end]:
                _, owner, pattern = self._index.phrases[number]
                while found := pattern.search(text, begin, stop):
                    yield owners[owner], found.start(), found.end()
                    begin = found.end()
