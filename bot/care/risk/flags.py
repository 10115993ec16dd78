"""What is said around a hit: negated, past, someone else, joking, quoted, conditional."""

from collections.abc import Iterator
from functools import reduce
from itertools import repeat
from operator import or_

from bot.catalog.risk import Family, Flag
from bot.catalog.risk.finder import BREAK_SIGN
from bot.catalog.risk.rules import LanguageRules


class Flags:
    """The flags that one language's cues put on hits in one text.

    Which cues could hold somewhere is told by bits of the signs there; only those are tried, and
    those of a sentence once for all its hits.
    """

    def __init__(self, signs: str, language: LanguageRules) -> None:
        self._signs, self._cues = signs, language.cues
        self._bits = [*map(language.needed.get, signs, repeat(0))]
        self._sentences: dict[tuple[int, int], frozenset[Flag]] = {}
        self._everywhere = frozenset(self._in("message", 0, len(signs)))

    def of(self, family: Family, start: int, end: int) -> frozenset[Flag]:
        """All flags on a hit of this family from sign to sign."""
        signs = self._signs
        first = signs.rfind(BREAK_SIGN, 0, max(start, 1))
        last = signs.find(BREAK_SIGN, end) + 1 or len(signs)
        sentence = self._sentences.get((first, last))
        if sentence is None:
            sentence = frozenset(self._in("sentence", first, last))
            self._sentences[first, last] = sentence
        if not family.narrated:
            sentence -= _PAST
        return self._everywhere.union(sentence, self._before(start), self._after(end))

    def _before(self, start: int) -> Iterator[Flag]:
        return self._in("before", max(0, start - _BEFORE), start)

    def _after(self, end: int) -> Iterator[Flag]:
        for each in self._cues:
            if each.cue.where == "after" and each.pattern.match(self._signs, end, len(self._signs)):
                yield each.cue.flag

    def _in(self, where: str, begin: int, stop: int) -> Iterator[Flag]:
        """The flags of cues of this kind somewhere between two places."""
        far = min(stop, begin + _FAR) if where == "sentence" else stop
        bits = reduce(or_, self._bits[max(0, begin) : far], 0)
        for number, each in enumerate(self._cues):
            could_hold = bits >> number & 1 and each.cue.where == where
            if could_hold and each.pattern.search(self._signs, begin, stop):
                yield each.cue.flag


_PAST = frozenset({Flag.PAST})
_BEFORE = 12
"""How many words before a hit can put a flag on it."""
_FAR = 200
"""How far a cue's words are looked for; a sentence without an end need not be read to its end."""
