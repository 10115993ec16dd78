"""The rules as plain tuples and mappings, which can be kept, and made into rules in no time."""

from array import array
from collections.abc import Mapping
from itertools import repeat
from typing import Any

from ahocorasick_rs import AhoCorasick

from bot.catalog.risk.finder import FIRST_SIGN, Index, Pattern
from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.letters import Letters
from bot.catalog.risk.rules import (
    PLACES,
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
    beyond = chr(plain["beyond"])
    letters = _letters(plain["letters"]) if plain["letters"] else None
    size = len(letters.words) if letters else plain["beyond"]
    return Rules(
        languages=tuple(_language(each, plain["common"]) for each in plain["languages"]),
        vocabulary=vocabulary,
        words=_by_sign(vocabulary, beyond),
        index=_index(plain, size),
        letters=letters,
        guess=Disguises(vocabulary, beyond, plain["starred"]),
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


def _language(plain: Plain, common: bytes) -> LanguageRules:
    return LanguageRules(
        language=plain["language"],
        kinds=Kinds(*plain["kinds"]),
        cues={
            where: _cues([cue for cue in plain["cues"] if cue[1] == where], common)
            for where in PLACES
        },
        together=tuple(
            Together(_family(family), tuple(map(tuple, groups)), within)
            for family, groups, within in plain["together"]
        ),
    )


def _cues(cues: list[tuple[str, str, bytes, str, int]], common: bytes) -> Cues:
    bits: dict[str, int] = {}
    for number, (_, _, _, needed, _) in enumerate(cues):
        for sign in needed:
            bits[sign] = bits.get(sign, 0) | 1 << number
    each = ((Flag(flag), Pattern(packed, common)) for flag, _, packed, _, _ in cues)
    return Cues(
        tuple((1 << number, *one) for number, one in enumerate(each)),
        bits,
        max((reach for *_, reach in cues), default=0),
    )


def _letters(plain: tuple[Any, ...]) -> Letters:
    points, *rest = plain
    return Letters(array("q", _by_number(points, FIRST_SIGN + len(points))), *rest)


def _by_number(values: list[int], size: int) -> list[int]:
    """For every number of a sign what these values, of the first signs of words, say."""
    return [*repeat(0, FIRST_SIGN), *values, *repeat(0, size - FIRST_SIGN - len(values))]


def _index(plain: Plain, size: int) -> Index:
    return Index(
        rows=AhoCorasick(plain["rows"].split(), store_patterns=False),
        there=plain["there"],
        owners=[_family(each) if isinstance(each, tuple) else each for each in plain["owners"]],
        phrases=[
            (kind, owner, Pattern(packed, plain["common"]))
            for kind, owner, packed in plain["phrases"]
        ],
        clues=_by_number(plain["clues"], size),
    )


def _by_sign(vocabulary: Mapping[str, str], beyond: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for word, sign in vocabulary.items():
        if len(sign) == 1 and sign < beyond:
            named.setdefault(sign, word)
    return named
