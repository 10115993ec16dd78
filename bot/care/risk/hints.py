"""The net under the families: words with points, added up over a stretch of text."""

from collections.abc import Iterator

from bot.catalog.risk import Family
from bot.catalog.risk.finder import BREAK_SIGN, Near
from bot.catalog.risk.rules import Hints, LanguageRules

STRETCH = 40
"""About how many words are counted together: longer diaries hold hints of all kinds somewhere."""


def hints(signs: str, near: Near, language: LanguageRules) -> Iterator[tuple[Family, int, int]]:
    """Each stretch with enough points, as crisis or concern, with its begin and end."""
    if language.hints is None:
        return
    found = sorted((start, bit) for bit, start, _ in language.hints.finder.find(signs, near))
    for begin, end, once, twice in _stretches(signs, found):
        concern, crisis = points(once, twice, language.hints)
        if crisis >= language.hints.crisis_at:
            yield language.hints.crisis, begin, end
        elif concern >= language.hints.concern_at:
            yield language.hints.concern, begin, end


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
