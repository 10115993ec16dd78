"""The rules as plain tuples and mappings, which can be kept, and made into rules in no time."""

from collections.abc import Mapping
from typing import Any

from ahocorasick_rs import AhoCorasick

from bot.catalog.risk.finder import Index, Pattern
from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.letters import Letters
from bot.catalog.risk.rules import (
    Cue,
    Cues,
    Family,
    Kinds,
    LanguageRules,
    Rules,
    Together,
)
from bot.catalog.risk.spelling import Disguises

Plain = dict[str, Any]
"""What `build.compile_files` makes, for `marshal`: nothing in it is checked again."""


def rules_of(plain: Plain) -> Rules:
    """The rules. Raises anything if it is not what `build.compile_files` made."""
    vocabulary: dict[str, str] = plain["vocabulary"]
    words = _by_sign(vocabulary)
    return Rules(
        languages=tuple(map(_language, plain["languages"])),
        vocabulary=vocabulary,
        words=words,
        spelt={word: words[sign] for word, sign in vocabulary.items() if len(sign) == 1},
        index=_index(plain),
        letters=Letters(*plain["letters"]) if plain["letters"] else None,
        guess=Disguises(vocabulary, plain["starred"]),
    )


def plain_family(family: Family) -> tuple[Any, ...]:
    """A family as a tuple; `_family` is the way back."""
    when = {flag.value: tier.value for flag, tier in family.when.items()}
    tier = family.tier.value
    return family.id, family.category, tier, family.reason, when, family.narrated


def _family(plain: tuple[Any, ...]) -> Family:
    name, category, tier, reason, when, narrated = plain
    meant = {Flag(flag): Tier(lower) for flag, lower in when.items()}
    return Family(name, category, Tier(tier), reason, meant, narrated)


def _language(plain: Plain) -> LanguageRules:
    return LanguageRules(
        language=plain["language"],
        kinds=Kinds(*plain["kinds"]),
        cues=tuple(
            Cues(Cue(Flag(flag), where), Pattern(regex)) for flag, where, regex, _ in plain["cues"]
        ),
        needed=_needed(plain["cues"]),
        together=tuple(
            Together(_family(family), tuple(map(tuple, groups)), within)
            for family, groups, within in plain["together"]
        ),
    )


def _needed(cues: list[tuple[str, str, str, str]]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for number, (*_, needed) in enumerate(cues):
        for sign in needed:
            bits[sign] = bits.get(sign, 0) | 1 << number
    return bits


def _index(plain: Plain) -> Index:
    return Index(
        rows=AhoCorasick(plain["rows"].split(), store_patterns=False),
        there=plain["there"],
        owners=[_family(each) if isinstance(each, tuple) else each for each in plain["owners"]],
        phrases=[(kind, owner, Pattern(source)) for kind, owner, source in plain["phrases"]],
        clues=plain["clues"],
    )


def _by_sign(vocabulary: Mapping[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for word, signs in vocabulary.items():
        named.setdefault(signs, word)
    return named
