"""Finding phrases: words become single signs, phrases become rows of signs or regexes over them.

One walk over the text (Aho and Corasick's, in Rust) finds every fixed phrase, and of all other
phrases the rare words (anchors) they cannot do without; only around those, and only where all
needed words are near, a regular expression is really tried.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, chain, pairwise, starmap
from operator import and_, or_
from typing import Any

from ahocorasick_rs import AhoCorasick

from bot.catalog.risk.numbers import numbers
from bot.catalog.risk.packed import unpack

BREAK_SIGN, OTHER_SIGN, EATEN_SIGN = "\u2e80", "\u2e81", "\u2e82"
FIRST_SIGN = 0x3400
"""The number of the first word's sign. From 0xd800 on no text can have them: there is room for
42,000 words, three times those of today."""
CLUES = 761
"""How many bits the clues have. Sets of words share them: a few phrases are tried in vain for it,
but all clues of a text stay near the processor."""
ALL_CLUES = (1 << CLUES) - 1

BETWEEN = " "
"""Between two rows where all are one text: no word has this sign. As a list they would be read a
third slower, and leave gaps in memory that nothing else fills."""

LONG = 24
"""A sentence of up to so many signs is looked at as a whole, for all that is to be tried in it."""
PIECE = 8
"""In longer ones, so many signs are looked at together."""

Span = tuple[int, int, int]
"""Whose phrase was found, by number, and its begin and end."""
Try = tuple[int, int, int, int]
"""A phrase to be tried: bits of the clues it needs, how far before and after it may lie, number."""
There = tuple[tuple[tuple[int, int], ...], tuple[Try, ...], tuple[Try, ...], int, int]
"""What there is at a row of signs: phrases that are just this row, each with its kind's and its
owner's number; what is to be tried within the sentence; what may go over the end of one; and how
far before and after anything of the second may lie.

Plain numbers and tuples, as there are tens of thousands and all are read when Between starts."""


class Pattern:
    """A regular expression over signs, packed with what it has in `common` with others.

    Unpacked and compiled when first tried: most never are, and all at once would take seconds.
    `search` and `match` are those of the compiled one, without a step between, and not there
    before.
    """

    __slots__ = ("_common", "_packed", "match", "search")

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]

    def __init__(self, packed: bytes, common: bytes) -> None:
        self._packed, self._common = packed, common

    def __getattr__(self, name: str) -> Any:
        """Asked for a name that is not there: compiles, then knows it."""
        if name not in ("match", "search"):
            raise AttributeError(name)
        compiled = re.compile(unpack(self._packed, self._common))
        self.match, self.search = compiled.match, compiled.search
        return getattr(compiled, name)


Phrase = tuple[int, int, Pattern]
"""A phrase that is not fixed: its kind's number, its owner's number, its pattern."""


@dataclass(frozen=True, slots=True)
class Index:
    """The phrases of all kinds, and where to look for them.

    `rows` finds rows of signs, `there` says what there is at each. `owners` and `phrases` are
    named by number there. `clues` are the bits that the sign of each number gives: one for each
    set of words that it is in and that some phrase needs.
    """

    rows: AhoCorasick
    there: Sequence[There]
    owners: Sequence[Any]
    phrases: Sequence[Phrase]
    clues: list[int]

    def look(self, signs: str) -> "Looked":
        """Walks through a text once, for all kinds of phrases."""
        return Looked(self, signs, [*map(self.clues.__getitem__, numbers(signs)), 0])


class Looked:
    """A text, with the phrases in it that are fixed, and the places to try others, by kind."""

    __slots__ = (
        "_clues", "_ends", "_fixed", "_has_long", "_index", "_missing", "_text", "_tries",
    )  # fmt: skip

    def __init__(self, index: Index, text: str, clues: list[int]) -> None:
        self._index, self._clues, self._text = index, clues, text
        self._ends, self._has_long = _ends(text)
        self._missing = [
            ALL_CLUES ^ reduce(or_, clues[begin:end]) for begin, end in pairwise(self._ends)
        ]
        self._fixed: dict[int, list[Span]] = defaultdict(list)
        self._tries: dict[int, list[tuple[Pattern, int, int, int, int, int]]] = defaultdict(list)
        self._walk()

    def _walk(self) -> None:
        """Written out: in a long text it looks at a thousand phrases, and each step counts."""
        text, everywhere, phrases = self._text, self._index.there, self._index.phrases
        ends, all_missing, has_long = self._ends, self._missing, self._has_long
        all_fixed, to_try = self._fixed, self._tries
        part = begin = stop = missing = 0
        is_long = False
        for row, at, end in self._index.rows.find_matches_as_indexes(text, overlapping=True):
            fixed, tries, crossing, before, after = everywhere[row]
            for kind, owner in fixed:
                all_fixed[kind].append((owner, at, end))
            if tries:
                if end > stop:
                    while end > ends[part + 1]:
                        part += 1
                    begin, stop, missing = ends[part] - 1, ends[part + 1], all_missing[part]
                    if has_long:
                        begin, stop = self._sentence(at, end)
                        is_long = stop - begin > LONG + 1
                if is_long:
                    missing = self._missing_in(max(begin, at - before), min(stop, end + after))
                for needed, back, ahead, number in tries:
                    if needed & missing:
                        continue
                    kind, owner, pattern = phrases[number]
                    first, last = at - back, end + ahead
                    if first < begin:
                        first = begin
                    if last > stop:
                        last = stop
                    to_try[kind].append((pattern, owner, at, end, first, last))
            if crossing:
                self._walk_on(at, end, crossing)

    def _walk_on(self, at: int, end: int, crossing: Iterable[Try]) -> None:
        """What may go over the end of a sentence."""
        for needed, back, ahead, number in crossing:
            first, last = max(0, at - back), end + ahead
            if not needed & self._missing_in(first, last):
                kind, owner, pattern = self._index.phrases[number]
                self._tries[kind].append((pattern, owner, at, end, first, last))

    def _sentence(self, at: int, end: int) -> tuple[int, int]:
        """From where to where the sentence goes that a row is in, with the breaks around it."""
        text = self._text
        return max(0, text.rfind(BREAK_SIGN, 0, at)), text.find(BREAK_SIGN, end) + 1 or len(text)

    def _missing_in(self, first: int, last: int) -> int:
        """The clues that none of the parts of the text gives that reach between two places."""
        begin, end = bisect_right(self._ends, first) - 1, bisect_left(self._ends, last)
        return reduce(and_, self._missing[begin:end])

    def find(self, kind: int, text: str) -> list[Span]:
        """Every phrase of a kind that is in the text, which may have lost signs since the look."""
        fixed, tries = self._fixed[kind], self._tries[kind]
        if EATEN_SIGN in text:
            if text.count(BREAK_SIGN) < self._text.count(BREAK_SIGN):
                # An end of a sentence was set aside: phrases may reach further now.
                return Looked(self._index, text, self._clues).find(kind, text)
            fixed = [each for each in fixed if text.find(EATEN_SIGN, each[1], each[2]) < 0]
            tries = [each for each in tries if text.find(EATEN_SIGN, each[2], each[3]) < 0]
        found = [*fixed]
        for pattern, owner, _, _, begin, stop in tries:
            one = pattern.search(text, begin, stop)
            while one:
                start, end = one.span()
                found.append((owner, start, end))
                one = pattern.search(text, end, stop)
        return found


def _ends(text: str) -> tuple[list[int], bool]:
    """Where the parts of a text end that are looked at as a whole: sentences, or pieces of a long
    one. And whether there is a long one."""
    sizes = [len(sentence) + 1 for sentence in text.split(BREAK_SIGN)]
    ends = [*accumulate(sizes, initial=0)]
    if max(sizes) <= LONG:
        return ends, False
    parts = ((begin, end, PIECE if end - begin > LONG else LONG) for begin, end in pairwise(ends))
    return [*chain.from_iterable(starmap(range, parts)), ends[-1]], True
