"""What a person's words say about danger: the rules read one text, the highest tier wins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.care.risk.finding import NOTHING, Finding, Hit
from bot.care.risk.flags import Flags
from bot.care.risk.letters import totals
from bot.care.risk.reading import Read, signed
from bot.care.risk.titles import without_titles
from bot.care.risk.together import Found, together
from bot.catalog.risk import Family, Flag, Rules, Tier
from bot.catalog.risk.finder import EATEN_SIGN, Looked, Span
from bot.catalog.risk.letters import unpacked
from bot.catalog.risk.normalise import OTHER, clean
from bot.catalog.risk.numbers import with_sign
from bot.catalog.risk.rules import LanguageRules


def screen(text: str, rules: Rules) -> Finding:
    """Screens one text with the rules of every language. Pure; never raises for any text."""
    read = read_text(text, rules)
    return _found((*read.hits, *_raised(read, rules)))


def screen_joined(texts: Iterable[str], rules: Rules) -> Finding:
    """Screens short messages that came one after the other as one text, with the phrases alone.

    People split a sentence over messages ("i want to" / "die"). The net of letters is fitted to
    what one person says at once: it took five harmless lists, read as one text, for a crisis. Each
    text is to be screened alone as well; the caller decides which belong together.
    """
    return _found(read_text(" ".join(texts), rules).hits)


def _found(hits: Iterable[Hit]) -> Finding:
    found = tuple(sorted(hits, key=_gravest_first))
    return Finding(found) if found else NOTHING


def _gravest_first(hit: Hit) -> tuple[int, bool, int, int]:
    """Of one tier, what a phrase says comes before what letters add up to."""
    return -_WEIGHT[hit.tier], hit.family == NET, hit.start - hit.end, hit.start


_WEIGHED = frozenset({Flag.EVERYDAY})
"""A dentist tomorrow explains a goodbye, but proves nothing: the net still weighs the words."""
_WEIGHT = {Tier.NONE: 0, Tier.CONCERN: 1, Tier.CRISIS: 2}


def read_text(text: str, rules: Rules) -> Read:
    """Everything but the net of letters."""
    typed, signs = signed(clean(without_titles(text), rules.guess).split(), rules)
    looked = rules.index.look(signs)
    found = [_phrases(signs, looked, language, rules) for language in rules.languages]
    hits = tuple(hit for each in found for hit in each.hits)
    left = with_sign(signs, EATEN_SIGN, [*chain.from_iterable(each.eaten for each in found)])
    return Read(hits, typed, signs, left, rules.words)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the phrases of one language found: the hits, and what they leave to the net."""

    hits: list[Hit]
    eaten: list[tuple[int, int]]
    """From where to where it is harmless, denied, quoted or long ago: nothing for the net."""


def _phrases(signs: str, looked: Looked, language: LanguageRules, rules: Rules) -> Phrases:
    """What one language's families and signs find in a text's signs."""
    eaten = [(start, end) for _, start, end in looked.find(language.kinds.harmless, signs)]
    read = with_sign(signs, EATEN_SIGN, eaten)
    found = _longest(looked.find(language.kinds.families, read), rules)
    hits: list[Hit] = []
    if not found:  # as in most messages
        return Phrases(hits, eaten)
    flags = Flags(read, language)
    for family, start, end in found:
        if family.category:
            hit = _hit(family, start, end, flags.of(family, start, end), read, rules)
            hits.append(hit)
            if hit.flags and _tier(family, hit.flags - _WEIGHED) < family.tier:
                eaten.append((start, end))
    for each, parts in together(found, language.together):
        said = frozenset[Flag]().union(*(flags.of(*part) for part in parts))
        start, end = min(part[1] for part in parts), max(part[2] for part in parts)
        hits.append(_hit(each.family, start, end, said, read, rules))
    return Phrases(hits, eaten)


def _raised(read: Read, rules: Rules) -> Iterator[Hit]:
    """Each stretch whose letters say more than all phrases do."""
    if rules.letters is None:
        return
    said = max((hit.tier for hit in read.hits), default=Tier.NONE)
    if said is Tier.CRISIS:
        return
    for start, end, total in totals(read, rules.letters):
        tier = rules.letters.tier(unpacked(total))
        if tier > said:
            words = " ".join(filter(None, read.words(start, end))).strip(" .")
            words = words.replace(OTHER, "…")
            yield Hit(NET, "unclear", tier, NET_REASON, words, max(start - 1, 0), end - 1)


def _hit(
    family: Family, start: int, end: int, flags: frozenset[Flag], signs: str, rules: Rules
) -> Hit:
    return Hit(
        family=family.id,
        category=family.category,
        tier=_tier(family, flags),
        reason=family.reason,
        words=" ".join(rules.words.get(sign, "…") for sign in signs[start:end]),
        start=start - 1,
        end=end - 1,
        flags=flags,
    )


def _longest(spans: list[Span], rules: Rules) -> list[Found]:
    """Of each family, at each place, the longest phrase found; in the order of the text."""
    longest: dict[tuple[int, int], int] = {}
    for family, start, end in spans:
        if longest.get((start, family), 0) < end:
            longest[start, family] = end
    in_order = sorted((start, end, family) for (start, family), end in longest.items())
    return [(rules.index.owners[family], start, end) for start, end, family in in_order]


def _tier(family: Family, flags: frozenset[Flag]) -> Tier:
    """The family's tier, or the lowest that a flag on the hit makes of it."""
    return min([family.tier, *(family.when[flag] for flag in flags if flag in family.when)])


NET = "letters"
NET_REASON = "letters: its words, taken together, sound like danger"
