"""Finding phrases: words become single signs, phrases become rows of signs or regexes over them.

One walk over the text finds, by looking up rows of signs, every fixed phrase, and of all other
phrases the rare words (anchors) they cannot do without; only around those, and only where all
needed words are near, a regular expression is really tried.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import or_
from typing import Any

BREAK_SIGN, OTHER_SIGN, EATEN_SIGN = "\u2e80", "\u2e81", "\u2e82"
END_SIGN = "\0"
"""Stands behind the last sign while a text is walked through; no row has it."""

SHORT = 24
"""A sentence of fewer signs is looked at as a whole: once, for all that is to be tried in it."""

Span = tuple[Any, int, int]
"""Whose phrase was found, and its begin and end."""
Try = tuple[int, int, int, int]
"""A phrase to be tried: bits of the clues it needs, how far before and after it may lie, number."""
Tries = tuple[int, bool, int, int, tuple[Try, ...]]
"""What one kind of phrases has to be tried somewhere: the kind's number, whether the phrases may
go over the end of a sentence, how far before and after they lie at most, and the phrases."""
There = tuple[tuple[tuple[int, int], ...], tuple[Tries, ...]] | tuple[()]
"""What there is at a row of signs: phrases that are just this row, each with its kind's and its
owner's number, and what is to be tried.

Plain numbers and tuples, as there are tens of thousands and all are read when Between starts."""
Rows = Mapping[str, There]
"""What there is at each row of signs. A row's beginnings are there too, maybe with nothing."""


class Pattern:
    """A regular expression over signs.

    Compiled when first tried: most never are, and all at once would take seconds.
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
class Index:
    """The phrases of all kinds, and where to look for them.

    `owners` are named by number in `rows`, and so are `phrases`: of each that is not fixed its
    owner's number and its pattern. `clues` are the bits a sign gives: one for each set of words
    that it is in and that some phrase needs.
    """

    rows: Rows
    owners: Sequence[Any]
    phrases: Sequence[tuple[int, Pattern]]
    clues: Mapping[str, int]

    def look(self, text: str) -> "Looked":
        """Walks through a text once, for all kinds of phrases."""
        fixed: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        tries: dict[int, list[tuple[int, int, Tries]]] = defaultdict(list)
        row, text_and_end = self.rows.get, text + END_SIGN
        for at, sign in enumerate(text):
            there, end = row(sign), at + 1
            while there is not None:
                if there:
                    for kind, owner in there[0]:
                        fixed[kind].append((owner, at, end))
                    for each in there[1]:
                        tries[each[0]].append((at, end, each))
                end += 1
                there = row(text_and_end[at:end])
        return Looked(self, text, fixed, tries)


class Looked:
    """A text, with the phrases in it that are fixed, and the places to try others, by kind."""

    __slots__ = ("_fixed", "_index", "_near", "_text", "_tries")

    def __init__(
        self,
        index: Index,
        text: str,
        fixed: Mapping[int, list[tuple[int, int, int]]],
        tries: Mapping[int, list[tuple[int, int, Tries]]],
    ) -> None:
        self._index, self._text, self._fixed, self._tries = index, text, fixed, tries
        self._near: dict[tuple[int, int], int] = {}

    def __contains__(self, kind: int) -> bool:
        """Whether there is anywhere to look for phrases of this kind."""
        return kind in self._fixed or kind in self._tries

    def find(self, kind: int, text: str) -> Iterator[Span]:
        """Every phrase of a kind that is in the text, which may have lost signs since the look."""
        owners, is_whole = self._index.owners, EATEN_SIGN not in text
        for owner, at, end in self._fixed.get(kind, ()):
            if is_whole or EATEN_SIGN not in text[at:end]:
                yield owners[owner], at, end
        for at, end, tries in self._tries.get(kind, ()):
            if is_whole or EATEN_SIGN not in text[at:end]:
                yield from self._try(text, at, end, tries)

    def _try(self, text: str, at: int, end: int, here: Tries) -> Iterator[Span]:
        _, crosses, before, after, tries = here
        first, last = max(0, at - before), end + after
        if crosses:
            around = self._around(first, last)
        else:
            begin = max(0, text.rfind(BREAK_SIGN, 0, at))
            stop = text.find(BREAK_SIGN, end) + 1 or len(text)
            first, last = max(first, begin), min(last, stop)
            is_short = stop - begin < SHORT
            around = self._around(begin, stop) if is_short else self._around(first, last)
        for needed, back, ahead, number in tries:
            if needed & around == needed:
                owner, pattern = self._index.phrases[number]
                begin, stop = max(first, at - back), min(last, end + ahead)
                search = pattern.regex.search
                while found := search(text, begin, stop):
                    yield self._index.owners[owner], found.start(), found.end()
                    begin = found.end()

    def _around(self, first: int, last: int) -> int:
        """The clues of everything between two places."""
        near = self._near.get((first, last))
        if near is None:
            signs = set(self._text[first:last])
            near = reduce(or_, map(self._index.clues.get, signs, repeat(0)), 0)
            self._near[first, last] = near
        return near
