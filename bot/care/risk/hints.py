"""The net under the families: words with points, added up over a stretch of text."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter

from bot.catalog.risk import Family
from bot.catalog.risk.finder import BREAK_SIGN, Span
from bot.catalog.risk.rules import Hints

STRETCH = 60
"""About how many words are counted together: longer diaries hold hints of all kinds somewhere."""


def hints(
    signs: str, words: Iterable[Span], said: Iterable[tuple[int, str]], hints: Hints
) -> Iterator[tuple[Family, int, int]]:
    """Each stretch with enough points, as crisis or concern, with its begin and end.

    `words`: the hints found. `said`: where phrases of families and signs begin, and which; some
    have points here too.
    """
    found = [(start, number) for number, start, _ in words]
    found += [(start, -hints.found[name]) for start, name in said if name in hints.found]
    found.sort()
    at = 0
    for begin, end in stretches(signs):
        first, at = at, bisect_left(found, end, at, key=itemgetter(0))
        concern, crisis = points([number for _, number in found[first:at]], hints)
        if crisis >= hints.crisis_at:
            yield hints.crisis, begin, end
        elif concern >= hints.concern_at:
            yield hints.concern, begin, end


def points(numbers: Iterable[int], hints: Hints) -> tuple[int, int]:
    """The points of these hints towards concern and towards crisis; below 0 are phrases' bits."""
    once = twice = concern = crisis = 0
    alone = hints.counted.keys() & numbers
    for number in numbers:
        if number not in alone:
            bit = -number if number < 0 else 1 << number
            twice |= once & bit
            once |= bit
    for number in alone:
        one, other = hints.counted[number]
        concern, crisis = concern + one, crisis + other
    rest = once
    while rest:
        first = rest & -rest
        rest ^= first
        for each in hints.points.get(first, ()):
            if each.once & once == each.once and each.twice & twice == each.twice:
                concern += each.concern
                crisis += each.crisis
    return concern, crisis


def stretches(signs: str) -> Iterator[tuple[int, int]]:
    """Where whole sentences up to a stretch begin and end."""
    begin = 0
    while begin < len(signs):
        end = len(signs)
        if end - begin > STRETCH:
            end = signs.rfind(BREAK_SIGN, begin + 1, begin + STRETCH) + 1 or begin + STRETCH
        yield begin, end
        begin = end
