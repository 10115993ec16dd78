"""What a person's words say about danger: the rules read one text, the highest tier wins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

from bot.care.risk.finding import NOTHING, Finding, Hit
from bot.care.risk.flags import Flags
from bot.care.risk.letters import EATEN, weighed
from bot.care.risk.titles import without_titles
from bot.care.risk.together import together
from bot.catalog.risk import Family, Flag, Rules, Tier
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN, OTHER_SIGN, Looked, Span
from bot.catalog.risk.normalise import BREAK, OTHER, clean
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


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the phrases of all languages read it: their hits, and what they leave to the net.

    `words` and `signs` go side by side, between breaks.
    """

    hits: tuple[Hit, ...]
    words: list[str]
    signs: str


def read_text(text: str, rules: Rules) -> Read:
    """Everything but the net of letters."""
    words, known = _spelt(clean(without_titles(text), rules.guess).split(), rules)
    looked, signs = rules.index.look(known), "".join(known)
    hits: list[Hit] = []
    for language in rules.languages:
        found = _phrases(signs, looked, language, rules)
        hits += found.hits
        if EATEN_SIGN in found.left:
            for at in (at for at, sign in enumerate(found.left) if sign == EATEN_SIGN):
                words[at] = EATEN
    return Read(tuple(hits), words, signs)


def _spelt(cleaned: list[str], rules: Rules) -> tuple[list[str], list[str]]:
    """The words, other spellings undone, and their signs, one for each; between breaks."""
    words = [BREAK, *map(rules.spelt.get, cleaned, cleaned), BREAK]
    signs = [BREAK_SIGN, *map(rules.vocabulary.get, cleaned, repeat(OTHER_SIGN)), BREAK_SIGN]
    if sum(map(len, signs)) > len(signs):
        for at in (at for at in range(len(signs) - 1, 0, -1) if len(signs[at]) > 1):
            words[at : at + 1] = map(rules.words.__getitem__, signs[at])
            signs[at : at + 1] = signs[at]
    return words, signs


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the phrases of one language found: the hits, and what they leave to the net."""

    hits: list[Hit]
    left: str
    """The signs without what is harmless, denied, quoted or long ago: nothing for the net."""


def _phrases(signs: str, looked: Looked, language: LanguageRules, rules: Rules) -> Phrases:
    """What one language's families and signs find in a text's signs."""
    read = signs
    for _, start, end in looked.find(language.kinds.harmless, signs):
        read = _without(read, start, end)
    found = _longest(looked.find(language.kinds.families, read))
    left = read
    hits: list[Hit] = []
    if not found:
        return Phrases(hits, left)
    flags = Flags(read, language)
    for family, start, end in found:
        if family.category:
            hit = _hit(family, start, end, flags.of(family, start, end), read, rules)
            hits.append(hit)
            if _tier(family, hit.flags - _WEIGHED) < family.tier:
                left = _without(left, start, end)
    for each, parts in together(found, language.together):
        said = frozenset[Flag]().union(*(flags.of(*part) for part in parts))
        start, end = min(part[1] for part in parts), max(part[2] for part in parts)
        hits.append(_hit(each.family, start, end, said, read, rules))
    return Phrases(hits, left)


def _raised(read: Read, rules: Rules) -> Iterator[Hit]:
    """Each stretch whose letters say more than all phrases do."""
    if rules.letters is None:
        return
    said = max((hit.tier for hit in read.hits), default=Tier.NONE)
    if said is Tier.CRISIS:
        return
    for each in weighed(read.words, read.signs, rules.letters):
        if each.tier > said:
            words = " ".join(filter(None, read.words[each.start : each.end])).strip(" .")
            words = words.replace(OTHER, "…")
            yield Hit(
                NET, "unclear", each.tier, NET_REASON, words, max(each.start - 1, 0), each.end - 1
            )


def _without(signs: str, start: int, end: int) -> str:
    return signs[:start] + EATEN_SIGN * (end - start) + signs[end:]


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


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Of each family, at each place, the longest phrase found; in the order of the text."""
    longest: dict[tuple[str, int], Span] = {}
    for family, start, end in spans:
        key = family.id, start
        if key not in longest or longest[key][2] < end:
            longest[key] = family, start, end
    return sorted(longest.values(), key=lambda span: (span[1], span[2], span[0].id))


def _tier(family: Family, flags: frozenset[Flag]) -> Tier:
    """The family's tier, or the lowest that a flag on the hit makes of it."""
    return min([family.tier, *(family.when[flag] for flag in flags if flag in family.when)])


NET = "letters"
NET_REASON = "letters: its words, taken together, sound like danger"
