"""What a person's words say about danger: the rules read one text, the highest tier wins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.care.risk.finding import NOTHING, Finding, Hit
from bot.care.risk.letters import EATEN, weighed
from bot.care.risk.titles import without_titles
from bot.care.risk.together import together
from bot.catalog.risk import Family, Flag, Rules, Tier
from bot.catalog.risk.finder import BREAK_SIGN, EATEN_SIGN, OTHER_SIGN, Looked, Span
from bot.catalog.risk.normalise import BREAK, clean
from bot.catalog.risk.rules import LanguageRules


def screen(text: str, rules: Rules) -> Finding:
    """Screens one text with the rules of every language. Pure; never raises for any text."""
    read = read_text(text, rules)
    hits = sorted((*read.hits, *_raised(read, rules)), key=_gravest_first)
    return Finding(tuple(hits)) if hits else NOTHING


def screen_together(texts: Iterable[str], rules: Rules) -> Finding:
    """Screens short messages that came one after the other, as in one minute, as one text.

    People split a sentence over messages ("i want to" / "die"); so each text is screened alone,
    and all are screened as one sentence. The caller decides which texts belong together.
    """
    several = tuple(texts)
    findings = [screen(text, rules) for text in (*several, " ".join(several))]
    return max(findings, key=lambda finding: finding.tier, default=NOTHING)


def _gravest_first(hit: Hit) -> tuple[int, bool, int, int]:
    """Of one tier, what a phrase says comes before what letters add up to."""
    return -_WEIGHT[hit.tier], hit.family == NET, hit.start - hit.end, hit.start


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
    words, signs = _spelt(clean(without_titles(text), rules.guess).split(), rules)
    looked = rules.index.look(signs)
    hits: list[Hit] = []
    for language in rules.languages:
        found = _phrases(signs, looked, language, rules)
        hits += found.hits
        for at in (at for at, sign in enumerate(found.left) if sign == EATEN_SIGN):
            words[at] = EATEN
    return Read(tuple(hits), words, signs)


def _spelt(cleaned: Iterable[str], rules: Rules) -> tuple[list[str], str]:
    """The words, other spellings undone, and their signs, one for each; between breaks."""
    words, signs = [BREAK], [BREAK_SIGN]
    for word in cleaned:
        known = rules.vocabulary.get(word)
        if known is None:
            words.append(word)
            signs.append(OTHER_SIGN)
        else:
            words += map(rules.words.__getitem__, known)
            signs.append(known)
    return [*words, BREAK], "".join([*signs, BREAK_SIGN])


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
    everywhere = frozenset(_message_flags(read, language)) if found else frozenset()

    def flags_of(family: Family, start: int, end: int) -> frozenset[Flag]:
        return everywhere.union(_flags(read, start, end, family, language))

    left = read
    hits: list[Hit] = []
    for family, start, end in found:
        if family.category:
            hit = _hit(family, start, end, flags_of(family, start, end), read, rules)
            hits.append(hit)
            if hit.tier < family.tier:
                left = _without(left, start, end)
    for each, parts in together(found, language.together):
        flags = frozenset[Flag]().union(*(flags_of(*part) for part in parts))
        start, end = min(part[1] for part in parts), max(part[2] for part in parts)
        hits.append(_hit(each.family, start, end, flags, read, rules))
    return Phrases(hits, left)


def _raised(read: Read, rules: Rules) -> Iterator[Hit]:
    """Each stretch whose letters say more than all phrases do."""
    if rules.letters is None:
        return
    said = max((hit.tier for hit in read.hits), default=Tier.NONE)
    for each in weighed(read.words, read.signs, rules.letters):
        if each.tier > said:
            words = " ".join(filter(None, read.words[each.start : each.end])).strip(" .")
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


NET = "letters"
NET_REASON = "letters: its words, taken together, sound like danger"
_BEFORE = 12
"""How many words before a hit can put a flag on it."""
_FAR = 200
"""How far a cue's words are looked for; a sentence without an end need not be read to its end."""
