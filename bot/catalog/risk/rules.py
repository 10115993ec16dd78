"""The rules as the screen uses them, made once from the phrase files of all languages."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from bot.catalog.problem import Problem
from bot.catalog.risk.anchors import ways
from bot.catalog.risk.finder import BREAK_SIGN, FIRST_SIGN, Alphabet, Clues, Finder, Index
from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.normalise import BREAK, clean
from bot.catalog.risk.pattern import Node, PatternError, either, parse, words_of
from bot.catalog.risk.phrases import HintsText, PhraseFile, Where
from bot.catalog.risk.spelling import Disguises, near

NET = ".hints"
"""How the id of what hints add up to ends, after the language."""


@dataclass(frozen=True, slots=True)
class Family:
    """Phrases that mean the same."""

    id: str
    category: str
    tier: Tier
    reason: str
    when: Mapping[Flag, Tier] = field(default_factory=dict, hash=False)
    narrated: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Words before, after or around a hit that put a flag on it."""

    flag: Flag
    where: Where


@dataclass(frozen=True, slots=True)
class Cues:
    """All ways to give one cue, and the words one of which it cannot do without."""

    cue: Cue
    regex: re.Pattern[str]
    needed: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Together:
    """A family whose phrases are signs that stand near each other, in any order.

    `groups`: one out of each must be there.
    """

    family: Family
    groups: tuple[frozenset[str], ...]
    within: int


@dataclass(frozen=True, slots=True)
class Points:
    """What it counts that hints of these kinds are there; bits of kinds, and of kinds twice."""

    once: int
    twice: int
    concern: int
    crisis: int


@dataclass(frozen=True, slots=True)
class Hints:
    """Words with points, and from how many points on a stretch of text is a hit."""

    finder: Finder[int]
    """Finds the number of a kind; numbers from `kinds` on are those of `counted`."""
    names: tuple[str, ...]
    """The kinds, in the order of their numbers."""
    kinds: int
    counted: tuple[tuple[int, int], ...]
    """Points, towards concern and crisis, of every phrase that counts for itself."""
    found: Mapping[str, int]
    """The bit of each family or sign whose being found has points."""
    points: Mapping[int, tuple[Points, ...]]
    """By the lowest bit of each, so that only those are tried whose first kind is there."""
    concern: Family
    crisis: Family
    concern_at: int
    crisis_at: int


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """One language's finders. What is harmless, and cues, act on this language's hits only."""

    language: str
    harmless: Finder[str]
    dangerous: Finder[Family]
    """Families, and signs: a sign is a family without a category."""
    cues: tuple[Cues, ...]
    together: tuple[Together, ...]
    hints: Hints | None

    @property
    def finders(self) -> tuple[Finder[Any], ...]:
        """Harmless, dangerous, and hints if there are any."""
        return self.harmless, self.dangerous, *((self.hints.finder,) if self.hints else ())


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the screen needs. Made once by `load_risk`; keep it, share it."""

    languages: tuple[LanguageRules, ...]
    """Every text is screened with all of them: people mix."""
    vocabulary: Mapping[str, str]
    """The sign (or signs) of every word that any phrase knows."""
    words: Mapping[str, str]
    """The word of every sign."""
    clues: Clues
    index: Index
    """Finds the places for all finders, in the order of `finders` of each language."""
    guess: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """One file's phrases as trees."""

    language: str
    stops: frozenset[str]
    harmless: tuple[tuple[str, Node], ...]
    cues: tuple[tuple[Cue, Node], ...]
    families: tuple[tuple[Family, Node], ...]
    together: tuple[Together, ...]
    hints: HintsText | None
    hint_words: tuple[tuple[int, Node], ...]

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        nodes = chain(self.harmless, self.cues, self.families, self.hint_words)
        return self.stops.union(*(words_of(node) for _, node in nodes))


def build_rules(files: tuple[PhraseFile, ...]) -> tuple[Rules, tuple[Problem, ...]]:
    """Compiles the phrase files; a phrase with a problem is left out, and the problem told."""
    spellings = _spellings(files)
    problems: list[Problem] = [*_twice(files)]
    parsed = [_parse(file, spellings, problems) for file in files]
    vocabulary = _vocabulary(
        frozenset().union(*(each.words() for each in parsed)), spellings, files
    )
    clues = Clues(vocabulary)
    starred = {clean(word).strip() for file in files for word in file.content.starred}
    languages = tuple(_language(each, vocabulary, clues) for each in parsed)
    rules = Rules(
        languages=languages,
        vocabulary=vocabulary,
        words=_by_sign(vocabulary),
        clues=clues,
        index=Index((one for each in languages for one in each.finders), vocabulary.values()),
        guess=Disguises(vocabulary, starred),
    )
    return rules, tuple(problems)


def _language(parsed: _Parsed, vocabulary: Mapping[str, str], clues: Clues) -> LanguageRules:
    stops = "".join(sorted({vocabulary[word] for word in parsed.stops}))
    alphabet = Alphabet(vocabulary, stops)
    return LanguageRules(
        language=parsed.language,
        harmless=Finder(parsed.harmless, alphabet, clues),
        dangerous=Finder(parsed.families, alphabet, clues),
        cues=_cues(parsed.cues, alphabet),
        together=parsed.together,
        hints=_hints(parsed, alphabet, clues) if parsed.hints else None,
    )


def _hints(parsed: _Parsed, alphabet: Alphabet, clues: Clues) -> Hints | None:
    text = parsed.hints
    if text is None:
        return None
    bits = _bits(text)
    points: dict[int, list[Points]] = {}
    for name, (concern, crisis) in text.points.items():
        kinds = _kinds(name)
        once = sum(bits[kind.removesuffix(" x2")] for kind in kinds)
        twice = sum(bits[kind.removesuffix(" x2")] for kind in kinds if kind.endswith(" x2"))
        points.setdefault(once & -once, []).append(Points(once, twice, concern, crisis))
    common = text.category, text.reason
    return Hints(
        finder=Finder(parsed.hint_words, alphabet, clues),
        names=tuple(text.words),
        kinds=len(text.words),
        counted=tuple(each.points for each in text.counted for _ in each.say),
        found={
            f"{parsed.language}.{kind.removeprefix('@')}": bit
            for kind, bit in bits.items()
            if kind.startswith("@")
        },
        points={bit: tuple(several) for bit, several in points.items()},
        concern=Family(parsed.language + NET, common[0], Tier.CONCERN, common[1]),
        crisis=Family(parsed.language + NET, common[0], Tier.CRISIS, common[1]),
        concern_at=text.concern_at,
        crisis_at=text.crisis_at,
    )


def _bits(text: HintsText) -> dict[str, int]:
    """The bit of each kind, then of each family or sign (@) that has points."""
    named = (kind for name in text.points for kind in _kinds(name) if kind.startswith("@"))
    names = dict.fromkeys([*text.words, *(kind.removesuffix(" x2") for kind in named)])
    return {kind: 1 << number for number, kind in enumerate(names)}


def _kinds(name: str) -> list[str]:
    return [kind.strip() for kind in name.split("+")]


def _parse(file: PhraseFile, spellings: Mapping[str, str], problems: list[Problem]) -> _Parsed:
    classes = _classes(file, spellings, problems)
    content = file.content

    def read_one(text: str) -> Node:
        return _anchored(text, parse(text, classes, spellings))

    def read(key: str, say: Iterable[list[str]]) -> Iterator[tuple[int, Node]]:
        for number, texts in enumerate(say):
            for line, text in enumerate(texts):
                try:
                    node = read_one(text)
                except PatternError as error:
                    place = (key, number, "say", line)
                    problems.append(file.problem("RISK_004", str(error), *place))
                else:
                    yield number, node

    families = [
        Family(
            f"{content.language}.{each.id}", each.category, each.tier, each.reason,
            each.when, each.narrated,
        )
        for each in content.families
    ]  # fmt: skip
    signs = [Family(f"{content.language}.{each.id}", "", Tier.NONE, "") for each in content.signs]
    return _Parsed(
        language=content.language,
        stops=words_of(classes["not"]) if "not" in classes else frozenset(),
        harmless=tuple(
            (content.harmless[number].reason, node)
            for number, node in read("harmless", (each.say for each in content.harmless))
        ),
        cues=tuple(
            (Cue(content.cues[number].flag, content.cues[number].where), node)
            for number, node in read("cues", (each.say for each in content.cues))
        ),
        families=(
            *(
                (families[number], node)
                for number, node in read("families", (each.say for each in content.families))
            ),
            *(
                (signs[number], node)
                for number, node in read("signs", (each.say for each in content.signs))
            ),
        ),
        together=tuple(_together(file, problems)),
        hints=_known_hints(file, problems),
        hint_words=tuple(_hint_words(file, read_one, problems)),
    )


def _known_hints(file: PhraseFile, problems: list[Problem]) -> HintsText | None:
    text = file.content.hints
    if text is None:
        return None
    known: dict[str, tuple[int, int]] = {}
    families = (f"@{each.id}" for each in file.content.families)
    kinds = {*text.words, *families, *(f"@{each.id}" for each in file.content.signs)}
    for name, points in text.points.items():
        if all(kind.removesuffix(" x2") in kinds for kind in _kinds(name)):
            known[name] = points
        else:
            message = f"There are no words for “{name}”."
            problems.append(file.problem("RISK_007", message, "hints", "points", name))
    return text.model_copy(update={"points": known})


def _hint_words(
    file: PhraseFile, read: Callable[[str], Node], problems: list[Problem]
) -> Iterator[tuple[int, Node]]:
    text = file.content.hints
    if text is None:
        return
    places: list[tuple[int, str, tuple[str | int, ...]]] = [
        (number, words, ("hints", "words", kind, line))
        for number, kind in enumerate(text.words)
        for line, words in enumerate(text.words[kind])
    ]
    alone = (
        (words, ("hints", "counted", number, "say", line))
        for number, each in enumerate(text.counted)
        for line, words in enumerate(each.say)
    )
    places += [(number, *each) for number, each in enumerate(alone, start=len(text.words))]
    for owner, words, place in places:
        try:
            yield owner, read(words)
        except PatternError as error:
            problems.append(file.problem("RISK_004", str(error), *place))


def _together(file: PhraseFile, problems: list[Problem]) -> Iterator[Together]:
    content = file.content
    known = {each.id for each in content.families} | {each.id for each in content.signs}
    for number, text in enumerate(content.together):
        family = Family(
            f"{content.language}.{text.id}", text.category, text.tier, text.reason, text.when
        )
        for line, names in enumerate(text.of):
            groups = [[name.strip() for name in group.split("|")] for group in names.split("+")]
            unknown = {name for group in groups for name in group} - known
            if unknown or len(groups) < 2:
                message = (
                    f"There is no sign or family “{min(unknown)}”."
                    if unknown
                    else f"“{names}” is only one sign; join two or more by “+”."
                )
                problems.append(file.problem("RISK_007", message, "together", number, "of", line))
                continue
            named = (frozenset(f"{content.language}.{name}" for name in group) for group in groups)
            yield Together(family, tuple(named), text.within)


def _anchored(text: str, node: Node) -> Node:
    """The tree of a phrase that can be looked for: one with a word that must be there."""
    if not ways(node):
        raise PatternError(f"“{text}” needs a word that must be there.")
    return node


def _classes(
    file: PhraseFile, spellings: Mapping[str, str], problems: list[Problem]
) -> dict[str, Node]:
    classes: dict[str, Node] = {}
    for name, entries in file.content.words.items():
        options = []
        for number, entry in enumerate(entries):
            try:
                options.append(parse(entry, classes, spellings))
            except PatternError as error:
                problems.append(file.problem("RISK_004", str(error), "words", name, number))
        if options:
            classes[name] = either(options)
    return classes


def _twice(files: tuple[PhraseFile, ...]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for file in files:
        content = file.content
        ids = [("families", number, each.id) for number, each in enumerate(content.families)]
        ids += [("signs", number, each.id) for number, each in enumerate(content.signs)]
        for kind, number, name in ids:
            if (content.language, name) in seen:
                message = f"The id “{name}” is already used in this language."
                yield file.problem("RISK_005", message, kind, number, "id")
            seen.add((content.language, name))


def _spellings(files: tuple[PhraseFile, ...]) -> dict[str, str]:
    """What each other spelling means."""
    same: dict[str, str] = {}
    for file in files:
        for meant, others in file.content.spellings.items():
            same.update((clean(other).strip(), clean(meant).strip()) for other in others)
    return same


def _vocabulary(
    words: frozenset[str], same: Mapping[str, str], files: tuple[PhraseFile, ...]
) -> dict[str, str]:
    """Signs for all words, then for their other spellings; a real word is never overruled."""
    plain = sorted(words | {part for meant in same.values() for part in meant.split()})
    signs = {word: chr(FIRST_SIGN + number) for number, word in enumerate(plain)}
    for other, meant in same.items():
        signs[other] = "".join(signs[part] for part in meant.split())
    real = {clean(word).strip() for file in files for word in file.content.real_words}
    known = {clean(word).strip() for file in files for word in file.content.typos} & signs.keys()
    for word in sorted(known):
        for wrong in near(word):
            if wrong not in real:
                signs.setdefault(wrong, signs[word])
    signs[BREAK] = BREAK_SIGN
    return signs


def _by_sign(vocabulary: Mapping[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for word, signs in vocabulary.items():
        named.setdefault(signs, word)
    return named


def _cues(parsed: Iterable[tuple[Cue, Node]], alphabet: Alphabet) -> tuple[Cues, ...]:
    nodes: dict[Cue, list[Node]] = {}
    for cue, node in parsed:
        nodes.setdefault(cue, []).append(node)
    return tuple(_one_cue(cue, each, alphabet) for cue, each in nodes.items())


def _one_cue(cue: Cue, nodes: list[Node], alphabet: Alphabet) -> Cues:
    end = r"\Z" if cue.where == "before" else ""
    needed = frozenset(row[0] for node in nodes for way in ways(node) for row in way.rows)
    return Cues(
        cue,
        re.compile(f"(?:{alphabet.regex(either(nodes))}){end}"),
        re.compile(f"[{alphabet.of(needed)}]"),
    )
