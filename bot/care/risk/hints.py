"""The net under the families: words with points, added up over a stretch of text."""

from collections.abc import Iterable, Iterator

from bot.catalog.risk import Family
from bot.catalog.risk.finder import BREAK_SIGN, Near, Place, Span, find
from bot.catalog.risk.rules import Hints

STRETCH = 40
"""About how many words are counted together: longer diaries hold hints of all kinds somewhere."""
FEWEST = 2
"""Fewer kinds of hints are never enough."""


def hints(
    signs: str, near: Near, places: Iterable[Place[int]], hints: Hints
) -> Iterator[Span[Family]]:
    """Each stretch with enough points, as crisis or concern, with its begin and end."""
    found = sorted((start, bit) for bit, start, _ in find(signs, near, places))
    for begin, end, once, twice in _stretches(signs, found):
        if once.bit_count() < FEWEST:
            continue
        concern, crisis = points(once, twice, hints)
        if crisis >= hints.crisis_at:
            yield hints.crisis, begin, end
        elif concern >= hints.concern_at:
            yield hints.concern, begin, end


def points(once: int, twice: int, hints: Hints) -> tuple[int, int]:
    """The points of these kinds towards concern and towards crisis."""
    concern = crisis = 0
    for each in hints.points:
        if each.once & once == each.once and each.twice & twice == each.twice:
            concern += each.concern
            crisis += each.crisis
    return concern, crisis


def _stretches(signs: str, found: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Whole sentences up to a stretch, with the kinds in it, and those in it twice."""
    begin = at = 0
    while begin < len(signs):
        end = len(signs)
        if end - begin > STRETCH:
            end = signs.rfind(BREAK_SIGN, begin + 1, begin + STRETCH) + 1 or begin + STRETCH
        once = twice = 0
        while at < len(found) and found[at][0] < end:
            twice |= once & found[at][1]
            once |= found[at][1]
            at += 1
        if once:
            yield begin, end, once, twice
        begin = end
