"""The rules as plain JSON, which can be kept in a file, and made into rules in no time."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from bot.catalog.risk.finder import Anchored, Clues, Index, Pattern, Phrase, There, spelling
from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.rules import (
    Cue,
    Cues,
    Family,
    Hints,
    LanguageRules,
    Points,
    Rules,
    Together,
)
from bot.catalog.risk.spelling import Disguises

Plain = dict[str, Any]
"""JSON as `build.compile_files` makes it: nothing in it is checked again."""


def rules_of(plain: Plain) -> Rules:
    """The rules. Raises anything if it is not what `build.compile_files` made."""
    vocabulary: dict[str, str] = plain["vocabulary"]
    return Rules(
        languages=tuple(map(_language, plain["languages"])),
        vocabulary=vocabulary,
        words=_by_sign(vocabulary),
        clues=Clues(vocabulary, plain["sets"]),
        index=_index(plain),
        guess=Disguises(vocabulary, plain["starred"]),
    )


def plain_family(family: Family) -> list[Any]:
    """A family as JSON; `_family` is the way back."""
    when = {flag.value: tier.value for flag, tier in family.when.items()}
    tier = family.tier.value
    return [family.id, family.category, tier, family.reason, when, family.narrated]


def _family(plain: list[Any]) -> Family:
    name, category, tier, reason, when, narrated = plain
    meant = {Flag(flag): Tier(lower) for flag, lower in when.items()}
    return Family(name, category, Tier(tier), reason, meant, narrated)


def _language(plain: Plain) -> LanguageRules:
    return LanguageRules(
        language=plain["language"],
        cues=tuple(
            Cues(Cue(Flag(flag), where), Pattern(regex), Pattern(needed))
            for flag, where, regex, needed in plain["cues"]
        ),
        together=tuple(
            Together(_family(family), tuple(map(tuple, groups)), within)
            for family, groups, within in plain["together"]
        ),
        hints=_hints(plain["hints"]) if plain["hints"] else None,
    )


def _hints(plain: Plain) -> Hints:
    points: dict[int, list[Points]] = {}
    for once, *rest in plain["points"]:
        points.setdefault(once & -once, []).append(Points(once, *rest))
    return Hints(
        names=tuple(plain["names"]),
        kinds=len(plain["names"]),
        counted=tuple(tuple(each) for each in plain["counted"]),
        found=plain["found"],
        points={bit: tuple(several) for bit, several in points.items()},
        concern=_family(plain["concern"]),
        crisis=_family(plain["crisis"]),
        concern_at=plain["concern_at"],
        crisis_at=plain["crisis_at"],
    )


def _index(plain: Plain) -> Index:
    owners = [_family(each) if isinstance(each, list) else each for each in plain["owners"]]
    needs = [reduce(or_, (1 << number for number in each), 0) for each in plain["needs"]]
    phrases = [Phrase(owners[owner], Pattern(source)) for owner, source in plain["phrases"]]

    def there(several: list[Any]) -> There:
        return tuple(
            (
                number,
                Anchored(
                    *(before, after),
                    [owners[each] for each in own],
                    [(needs[need], first, last, phrases[at]) for need, first, last, at in tried],
                ),
            )
            for number, before, after, own, tried in several
        )

    rows = ((rows, there(several)) for several, rows in plain["rows"])
    return Index(spelling(plain["vocabulary"].values()), plain["kinds"], rows)


def _by_sign(vocabulary: Mapping[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for word, signs in vocabulary.items():
        named.setdefault(signs, word)
    return named
