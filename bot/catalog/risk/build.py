"""Compiling the phrase files of all languages: everything `compiled.rules_of` needs, plain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.catalog.problem import Problem
from bot.catalog.risk import anchors
from bot.catalog.risk.anchors import ways, width
from bot.catalog.risk.compiled import Plain, plain_family
from bot.catalog.risk.finder import BREAK_SIGN, FIRST_SIGN
from bot.catalog.risk.frequent import share_of
from bot.catalog.risk.kinds import Tier
from bot.catalog.risk.normalise import BREAK, clean
from bot.catalog.risk.packed import dictionary, pack
from bot.catalog.risk.pattern import Node, PatternError, either, parse, words_of
from bot.catalog.risk.phrases import PhraseFile
from bot.catalog.risk.rows import Alphabet, Collected
from bot.catalog.risk.rules import Cue, Family, Together
from bot.catalog.risk.spelling import near


@dataclass(frozen=True, slots=True)
class _Parsed:
    """One file's phrases as trees."""

    language: str
    stops: frozenset[str]
    harmless: tuple[tuple[str, Node], ...]
    cues: tuple[tuple[Cue, Node], ...]
    families: tuple[tuple[Family, Node], ...]
    together: tuple[Together, ...]

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        nodes = chain(self.harmless, self.cues, self.families)
        return self.stops.union(*(words_of(node) for _, node in nodes))


def compile_files(files: tuple[PhraseFile, ...]) -> tuple[Plain, tuple[Problem, ...]]:
    """What `rules_of` makes rules from; takes seconds, and can be kept. A phrase with a problem is
    left out, and the problem told."""
    try:
        return _compile(files)
    finally:
        anchors.forget()


def _compile(files: tuple[PhraseFile, ...]) -> tuple[Plain, tuple[Problem, ...]]:
    spellings = _spellings(files)
    problems: list[Problem] = [*_twice(files)]
    parsed = [_parse(file, spellings, problems) for file in files]
    words = frozenset[str]().union(*(each.words() for each in parsed))
    vocabulary = _vocabulary(words, spellings, files)
    starred = {clean(word).strip() for file in files for word in file.content.starred}
    collected = Collected()
    languages = [_language(each, vocabulary, collected) for each in parsed]
    plain = collected.plain()
    plain["owners"] = [
        plain_family(each) if isinstance(each, Family) else each for each in plain["owners"]
    ]
    plain["vocabulary"] = vocabulary
    plain["beyond"] = 1 + max(FIRST_SIGN - 1, *map(ord, chain(*vocabulary.values())))
    clues, same = plain["clues"], dict[int, int]()
    by_number = (clues.get(chr(number), 0) for number in range(FIRST_SIGN, plain["beyond"]))
    # The same number object every time: what is kept is written down once, and is once in memory.
    plain["clues"] = [same.setdefault(bits, bits) for bits in by_number]
    plain["starred"] = [word for word in vocabulary if word in starred]
    plain["languages"] = languages
    plain["letters"] = None
    _pack(plain)
    return plain, tuple(problems)


def _pack(plain: Plain) -> None:
    """Packs the regular expressions of phrases and cues."""
    cues = [cue for each in plain["languages"] for cue in each["cues"]]
    phrases = [[*phrase] for phrase in plain["phrases"]]
    lists = [*phrases, *cues]
    sources = [each[2] for each in lists]
    plain["common"] = dictionary(sources)
    for each, packed in zip(lists, pack(sources, plain["common"]), strict=True):
        each[2] = packed
    plain["phrases"] = [tuple(phrase) for phrase in phrases]


def _language(parsed: _Parsed, vocabulary: Mapping[str, str], collected: Collected) -> Plain:
    stops = "".join(sorted({vocabulary[word] for word in parsed.stops}))
    alphabet = Alphabet(vocabulary, stops)
    # Families by name: so their numbers are in the order in which one place's hits are told.
    kinds = (parsed.harmless, sorted(parsed.families, key=lambda each: each[0].id))
    return {
        "language": parsed.language,
        "kinds": [collected.add(phrases, alphabet) for phrases in kinds],
        "cues": _cues(parsed.cues, alphabet),
        "together": [
            [plain_family(each.family), each.groups, each.within] for each in parsed.together
        ],
    }


def _parse(file: PhraseFile, spellings: Mapping[str, str], problems: list[Problem]) -> _Parsed:
    classes = _classes(file, spellings, problems)
    content = file.content

    def read(key: str, say: Iterable[list[str]]) -> Iterator[tuple[int, Node]]:
        for number, texts in enumerate(say):
            for line, text in enumerate(texts):
                try:
                    node = _anchored(text, parse(text, classes, spellings))
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
    )


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
            named = (tuple(f"{content.language}.{name}" for name in group) for group in groups)
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
    often = sorted(plain, key=share_of, reverse=True)  # what a text needs lies near in memory
    number = {word: FIRST_SIGN + place for place, word in enumerate(often)}
    signs = {word: chr(number[word]) for word in plain}
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


def _cues(parsed: Iterable[tuple[Cue, Node]], alphabet: Alphabet) -> list[list[str | int]]:
    nodes: dict[Cue, list[Node]] = {}
    for cue, node in parsed:
        nodes.setdefault(cue, []).append(node)
    return [_one_cue(cue, each, alphabet) for cue, each in nodes.items()]


def _one_cue(cue: Cue, nodes: list[Node], alphabet: Alphabet) -> list[str | int]:
    end = r"\Z" if cue.where == "before" else ""
    needed = frozenset(row[0] for node in nodes for way in ways(node) for row in way.rows)
    regex = f"(?:{alphabet.regex(either(nodes))}){end}"
    reach = max(map(width, nodes))
    return [cue.flag.value, cue.where, regex, alphabet.of(needed), reach]
