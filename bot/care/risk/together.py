"""Signs that mean something only when several come together, near each other in any order."""

from collections.abc import Iterable, Iterator

from bot.catalog.risk.finder import Span
from bot.catalog.risk.rules import Together

Found = Span


def together(
    found: list[Found], rules: Iterable[Together]
) -> Iterator[tuple[Together, tuple[Found, ...]]]:
    """Each rule that holds, with the signs that make it hold: the first such place."""
    by_id: dict[str, list[Found]] = {}
    for each in found:
        by_id.setdefault(each[0].id, []).append(each)
    for rule in rules:
        if all(any(name in by_id for name in group) for group in rule.groups):
            options = [
                [one for name in group for one in by_id.get(name, ())] for group in rule.groups
            ]
            parts = _near(options, rule.within)
            if parts:
                yield rule, parts


def _near(options: list[list[Found]], within: int) -> tuple[Found, ...]:
    """One of each, none overlapping another, all within so many words; empty if there is none.

    Takes the first that fits and never goes back: a long text must not take cubic time.
    """
    for first in options[0]:
        chosen = [first]
        for several in options[1:]:
            fits = (one for one in several if all(_fits(one, each, within) for each in chosen))
            one = next(fits, None)
            if one is None:
                break
            chosen.append(one)
        else:
            return tuple(chosen)
    return ()


def _fits(one: Found, other: Found, within: int) -> bool:
    apart = one[1] >= other[2] or other[1] >= one[2]
    return apart and max(one[2], other[2]) - min(one[1], other[1]) <= within
