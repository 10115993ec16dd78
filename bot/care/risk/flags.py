"""What is said around a hit: negated, past, someone else, joking, quoted, conditional."""

from collections.abc import Iterator
from functools import reduce
from itertools import repeat
from operator import or_

from bot.catalog.risk import Family, Flag
from bot.catalog.risk.finder import BREAK_SIGN
from bot.catalog.risk.rules import LanguageRules, Where


class Flags:
    """The flags that one language's cues put on hits in one text.

    Which cues could hold at a place is told by bits of the signs there; only those are tried, and
    those of a sentence once for all its hits.
    """

    def __init__(self, signs: str, language: LanguageRules) -> None:
        self._signs, self._cues = signs, language.cues
        self._sentences: dict[tuple[int, int], frozenset[Flag]] = {}
        self._everywhere: frozenset[Flag] | None = None

    def of(self, family: Family, start: int, end: int) -> frozenset[Flag]:
        """All flags on a hit of this family from sign to sign."""
        signs = self._signs
        if self._everywhere is None:
            cues = self._cues["message"].each
            self._everywhere = frozenset(flag for _, flag, each in cues if each.search(signs))
        first = signs.rfind(BREAK_SIGN, 0, max(start, 1))
        last = signs.find(BREAK_SIGN, end) + 1 or len(signs)
        sentence = self._sentences.get((first, last))
        if sentence is None:
            sentence = frozenset(self._in("sentence", max(0, first), last, first + _FAR))
            self._sentences[first, last] = sentence
        if sentence and not family.narrated:
            sentence -= _PAST
        before = self._in("before", max(0, start - _BEFORE), start, start)
        return self._everywhere.union(sentence, before, self._after(end))

    def _after(self, end: int) -> Iterator[Flag]:
        cues = self._cues["after"]
        bits = self._bits("after", end, end + cues.reach)
        for bit, flag, pattern in cues.each:
            if bits & bit and pattern.match(self._signs, end, len(self._signs)):
                yield flag

    def _in(self, where: Where, begin: int, stop: int, far: int) -> Iterator[Flag]:
        """The flags of cues of this kind somewhere between two places."""
        bits = self._bits(where, begin, min(stop, far))
        if bits:
            for bit, flag, pattern in self._cues[where].each:
                if bits & bit and pattern.search(self._signs, begin, stop):
                    yield flag

    def _bits(self, where: Where, begin: int, stop: int) -> int:
        needed = self._cues[where].needed.get
        return reduce(or_, map(needed, self._signs[begin:stop], repeat(0)), 0)


_PAST = frozenset({Flag.PAST})
_BEFORE = 12
"""How many words before a hit can put a flag on it."""
_FAR = 200
"""How far a cue's words are looked for; a sentence without an end need not be read to its end."""
