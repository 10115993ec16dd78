"""Reading exercises/support/consents.yaml, and telling its keeper what is wrong, line by line."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog.check.texts import untold
from bot.catalog.consents import Consent, Consents, Scope
from bot.catalog.load_support import Fault, fields_of, kept_or_read, located, read_tree, shape
from bot.catalog.problem import Place, Problem
from bot.catalog.text import LANGUAGES

LONGEST_LABEL = 44
"""So many characters fit on a switch beside its "why" on a phone."""


def load_consents(path: Path, cache: Path | None = None) -> tuple[Consents, tuple[Problem, ...]]:
    """The texts, and what is to be mended. A scope whose text is broken cannot be agreed to.

    `cache` is a folder where they are kept, ready to use, until the file changes.
    """
    return kept_or_read(Consents, [path], (cache, "consents.json"), partial(_read_file, path))


def _read_file(path: Path) -> tuple[Consents, tuple[Problem, ...]]:
    tree, problems = read_tree(path, "CONSENT_005")
    if problems:
        return Consents(), problems
    entries = tree.get("consents") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or tree.get("schema") != 1:
        fault = Fault("CONSENT_001", "This file needs `schema: 1` and a list `consents:`.", ())
        return Consents(), located([fault], path)
    texts: dict[Scope, Consent] = {}
    faults: list[Fault] = []
    for at, entry in enumerate(entries):
        text, wrong = _read(entry, ("consents", at))
        faults += wrong
        if text is not None and text.scope in texts:
            place: Place = ("consents", at, "scope")
            faults.append(Fault("CONSENT_004", f"There are two texts for {text.scope}.", place))
        elif text is not None:
            texts[text.scope] = text
    faults += _missing(texts)
    return Consents(texts=texts), located(faults, path)


def _read(entry: Any, place: Place) -> tuple[Consent | None, list[Fault]]:
    try:
        text = Consent.model_validate(entry)
    except ValidationError as error:
        return None, shape(error, place, "CONSENT_001", fields_of(Consent))
    return text, list(_words(text, place))


def _words(text: Consent, place: Place) -> Iterator[Fault]:
    for where, missing in untold(text, LANGUAGES, place):
        yield Fault("CONSENT_002", missing, where)
    for label in text.label.values():
        if len(label) > LONGEST_LABEL:
            too_long = f"A switch takes {LONGEST_LABEL} characters; this has {len(label)}."
            yield Fault("CONSENT_003", too_long, (*place, "label"))


def _missing(texts: dict[Scope, Consent]) -> Iterator[Fault]:
    for scope in Scope:
        if scope not in texts:
            what = f"There is no text for {scope}, so nobody can agree to it."
            yield Fault("CONSENT_004", what, ("consents",))
