"""Signs that mean something only when several come together, near each other in any order."""

from collections.abc import Iterable, Iterator

from bot.catalog.risk.rules import Family, Together

Found = tuple[Family, int, int]
"""A family of which a phrase was found, and where it begins and ends."""


def together(
    found: list[Found], rules: Iterable[Together]
) -> Iterator[tuple[Together, tuple[Found, ...]]]:
    """Each rule that holds, with the signs that make it hold: the first such place."""
    by_id: dict[str, list[Found]] = {}
    for each in found:
        by_id.setdefault(each[0].id, []).append(each)
    for rule in rules:
        if not any(map(by_id.keys().isdisjoint, rule.groups)):
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
            one = _first_that_fits(several, chosen, within)
            if one is None:
                break
            chosen.append(one)
        else:
            return tuple(chosen)
    return ()


def _first_that_fits(several: list[Found], chosen: list[Found], within: int) -> Found | None:
    """Written out: it looks at some hundred pairs in a long text."""
    for one in several:
        _, start, end = one
        for _, begin, stop in chosen:
            if start < stop and begin < end:
                break  # they overlap
            if end - begin > within or stop - start > within:
                break
        else:
            return one
    return None
