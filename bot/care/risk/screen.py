"""What a person's words say about danger: the rules read one text, the highest tier wins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

from bot.care.risk.finding import NOTHING, Finding, Hit
from bot.care.risk.hints import hints
from bot.care.risk.titles import without_titles
from bot.care.risk.together import together
from bot.catalog.risk import Family, Flag, Rules, Tier
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN, OTHER_SIGN, Looked, Span
from bot.catalog.risk.normalise import clean
from bot.catalog.risk.rules import NET, LanguageRules


def screen(text: str, rules: Rules) -> Finding:
    """Screens one text with the rules of every language. Pure; never raises for any text."""
    signs = signs_of(clean(without_titles(text), rules.guess).split(), rules)
    looked = rules.index.look(signs)
    hits: list[Hit] = []
    for language in rules.languages:
        kinds = language.kinds
        if kinds.families in looked or kinds.hints in looked:
            hits += _hits(signs, looked, language, rules)
    return Finding(tuple(sorted(hits, key=_gravest_first))) if hits else NOTHING


def screen_together(texts: Iterable[str], rules: Rules) -> Finding:
    """Screens short messages that came one after the other, as in one minute, as one text.

    People split a sentence over messages ("i want to" / "die"); so each text is screened alone,
    and all are screened as one sentence. The caller decides which texts belong together.
    """
    several = tuple(texts)
    findings = [screen(text, rules) for text in (*several, " ".join(several))]
    return max(findings, key=lambda finding: finding.tier, default=NOTHING)


def _gravest_first(hit: Hit) -> tuple[int, bool, int, int]:
    """Of one tier, what a phrase says comes before what hints add up to."""
    is_net = hit.family.endswith(NET)
    return -_WEIGHT[hit.tier], is_net, hit.start - hit.end, hit.start


_WEIGHT = {Tier.NONE: 0, Tier.CONCERN: 1, Tier.CRISIS: 2}


def signs_of(words: Iterable[str], rules: Rules) -> str:
    """The signs of a cleaned text's words, between breaks."""
    inner = "".join(map(rules.vocabulary.get, words, repeat(OTHER_SIGN)))
    return f"{BREAK_SIGN}{inner}{BREAK_SIGN}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the phrases of one language found: the hits, and what they leave to the hints."""

    hits: list[Hit]
    said: list[tuple[int, str]]
    """Where each phrase that was not denied begins, and its family or sign."""
    left: str
    """The signs without what is harmless, denied, quoted or long ago: that is no hint either."""


def phrases(signs: str, looked: Looked, language: LanguageRules, rules: Rules) -> Phrases:
    """Everything but the hints: what one language's families and signs find in a text's signs."""
    read = signs
    for _, start, end in looked.find(language.kinds.harmless, signs):
        read = _without(read, start, end)
    found = _longest(looked.find(language.kinds.families, read))
    everywhere = frozenset(_message_flags(read, language)) if found else frozenset()

    def flags_of(family: Family, start: int, end: int) -> frozenset[Flag]:
        return everywhere.union(_flags(read, start, end, family, language))

    left = read
    hits: list[Hit] = []
    said: list[tuple[int, str]] = []
    for family, start, end in found:
        if family.category:
            hit = _hit(family, start, end, flags_of(family, start, end), read, rules)
            hits.append(hit)
            if hit.tier < family.tier:
                left = _without(left, start, end)
            if hit.tier is Tier.NONE:
                continue
        said.append((start, family.id))
    for each, parts in together(found, language.together):
        flags = frozenset[Flag]().union(*(flags_of(*part) for part in parts))
        start, end = min(part[1] for part in parts), max(part[2] for part in parts)
        hits.append(_hit(each.family, start, end, flags, read, rules))
    return Phrases(hits, said, left)


def _hits(signs: str, looked: Looked, language: LanguageRules, rules: Rules) -> Iterator[Hit]:
    found = phrases(signs, looked, language, rules)
    yield from found.hits
    if language.hints:
        words = looked.find(language.kinds.hints, found.left)
        for family, start, end in hints(found.left, words, found.said, language.hints):
            yield _hit(family, start, end, frozenset(), signs, rules)


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


def _flags(
    signs: str, start: int, end: int, family: Family, language: LanguageRules
) -> Iterator[Flag]:
    first = signs.rfind(BREAK_SIGN, 0, max(start, 1))
    last = signs.find(BREAK_SIGN, end) + 1 or len(signs)
    from_here = max(0, start - _BEFORE)
    for each in language.cues:
        match each.cue.where:
            case "before":
                begin, stop, look = from_here, start, each.pattern.regex.search
            case "after":
                begin, stop, look = end, len(signs), each.pattern.regex.match
            case "sentence" if family.narrated or each.cue.flag is not Flag.PAST:
                begin, stop, look = first, last, each.pattern.regex.search
            case _:
                continue
        needed = each.needed.regex.search(signs, begin, min(stop, begin + _FAR))
        if needed and look(signs, begin, stop):
            yield each.cue.flag


def _message_flags(signs: str, language: LanguageRules) -> Iterator[Flag]:
    for each in language.cues:
        if each.cue.where == "message" and each.pattern.regex.search(signs):
            yield each.cue.flag


_BEFORE = 12
"""How many words before a hit can put a flag on it."""
_FAR = 200
"""How far a cue's words are looked for; a sentence without an end need not be read to its end."""
