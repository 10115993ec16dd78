"""Reading exercises/support/partner_phrases/, one file per language, and saying what is wrong."""

from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog.load_support import Fault, fields_of, kept_or_read, located, read_tree, shape
from bot.catalog.phrases import Phrase, PhraseKind, Phrases
from bot.catalog.problem import Problem
from bot.catalog.text import LANGUAGES

WHAT = "This file needs `schema: 1`, `review:`, `language:` like its name and a list `phrases:`."


def load_phrases(folder: Path, cache: Path | None = None) -> tuple[Phrases, tuple[Problem, ...]]:
    """The phrases, and what is to be mended. A phrase that one language lacks is left out of all,
    because the receiver reads it in another language than the sender.

    `cache` is a folder where they are kept, ready to use, until a file changes.
    """
    files = [folder / f"{each}.yaml" for each in LANGUAGES]
    return kept_or_read(Phrases, files, (cache, "phrases.json"), partial(_read_all, folder))


def _read_all(folder: Path) -> tuple[Phrases, tuple[Problem, ...]]:
    read: dict[str, dict[str, Phrase]] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        read[language], wrong = _read(folder / f"{language}.yaml", language)
        problems += wrong
    shared = [
        phrase
        for phrase in read["en"].values()
        if all(_same(phrase, read[each].get(phrase.id)) for each in LANGUAGES)
    ]
    for language in LANGUAGES:
        path = folder / f"{language}.yaml"
        lone = [each for each in read[language] if each not in {phrase.id for phrase in shared}]
        for name in lone:
            said = f"“{name}” is not there, with the same kind, in every language; it is left out."
            problems.append(Problem("PHRASE_003", said, (name,), str(path), 1))
        missing = set(PhraseKind) - {each.kind for each in read[language].values()}
        for kind in sorted(missing):
            said = f"There is no phrase of the kind “{kind}”."
            problems.append(Problem("PHRASE_004", said, (), str(path), 1))
    by = {each: tuple(read[each][phrase.id] for phrase in shared) for each in LANGUAGES}
    return Phrases(by_language=by), tuple(problems)


def _same(one: Phrase, other: Phrase | None) -> bool:
    return other is not None and other.kind is one.kind


def _read(path: Path, language: str) -> tuple[dict[str, Phrase], tuple[Problem, ...]]:
    tree, problems = read_tree(path, "PHRASE_001")
    if problems:
        return {}, problems
    entries = tree.get("phrases") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or not _is_headed(tree, language):
        return {}, located([Fault("PHRASE_001", WHAT, ())], path)
    found: dict[str, Phrase] = {}
    faults: list[Fault] = []
    for at, entry in enumerate(entries):
        try:
            phrase = Phrase.model_validate(entry)
        except ValidationError as error:
            faults += shape(error, ("phrases", at), "PHRASE_001", fields_of(Phrase))
            continue
        if phrase.id in found:
            faults.append(Fault("PHRASE_002", "This id stands twice.", ("phrases", at, "id")))
        found.setdefault(phrase.id, phrase)
    return found, located(faults, path)


def _is_headed(tree: Any, language: str) -> bool:
    return bool(tree.get("schema") == 1 and tree.get("review") and tree.get("language") == language)
