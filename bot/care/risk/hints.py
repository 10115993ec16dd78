"""The net under the families: words with points, added up over a stretch of text."""

from collections.abc import Iterable, Iterator

from bot.catalog.risk import Family
from bot.catalog.risk.finder import BREAK_SIGN, Near, Place, Span, find
from bot.catalog.risk.rules import Hints

STRETCH = 60
"""About how many words are counted together: longer diaries hold hints of all kinds somewhere."""


def hints(
    signs: str,
    near: Near,
    places: Iterable[Place[int]],
    said: Iterable[tuple[int, str]],
    hints: Hints,
) -> Iterator[Span[Family]]:
    """Each stretch with enough points, as crisis or concern, with its begin and end.

    `said`: where phrases of families and signs begin, and which; some have points here too.
    """
    found = [(start, number) for number, start, _ in find(signs, near, places)]
    found += [(start, -hints.found[name]) for start, name in said if name in hints.found]
    found.sort()
    at = 0
    for begin, end in stretches(signs):
        first = at
        while at < len(found) and found[at][0] < end:
            at += 1
        concern, crisis = points((number for _, number in found[first:at]), hints)
        if crisis >= hints.crisis_at:
            yield hints.crisis, begin, end
        elif concern >= hints.concern_at:
            yield hints.concern, begin, end


def points(numbers: Iterable[int], hints: Hints) -> tuple[int, int]:
    """The points of these hints towards concern and towards crisis; below 0 are phrases' bits."""
    once = twice = concern = crisis = 0
    alone = set[int]()
    for number in numbers:
        if number >= hints.kinds:
            alone.add(number - hints.kinds)
            continue
        bit = -number if number < 0 else 1 << number
        twice |= once & bit
        once |= bit
    for number in alone:
        concern += hints.counted[number][0]
        crisis += hints.counted[number][1]
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
