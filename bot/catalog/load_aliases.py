"""Reading exercises/support/aliases.yaml: the names a newcomer is offered, by language."""

from functools import partial
from pathlib import Path

from pydantic import Field

from bot.catalog.load_support import Fault, kept_or_read, located, read_tree
from bot.catalog.problem import Problem
from bot.catalog.steps import Part
from bot.catalog.text import LANGUAGES

LONGEST = 24
"""An alias stands on buttons and in lists."""
FEWEST = 12
"""A group has about as many members; each should be offered one that is free."""


class Aliases(Part):
    """The names, by language."""

    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def load_aliases(path: Path, cache: Path | None = None) -> tuple[Aliases, tuple[Problem, ...]]:
    """The names by language, and what is to be mended.

    `cache` is a folder where they are kept, ready to use, until the file changes.
    """
    return kept_or_read(Aliases, [path], (cache, "aliases.json"), partial(_read_file, path))


def _read_file(path: Path) -> tuple[Aliases, tuple[Problem, ...]]:
    tree, problems = read_tree(path, "ALIAS_001")
    if problems:
        return Aliases(), problems
    lists = tree.get("aliases") if isinstance(tree, dict) else None
    if not isinstance(lists, dict) or tree.get("schema") != 1:
        fault = Fault("ALIAS_001", "This file needs `schema: 1` and `aliases:` by language.", ())
        return Aliases(), located([fault], path)
    known: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for language in LANGUAGES:
        names = lists.get(language)
        written = [str(name) for name in names] if isinstance(names, list) else []
        known[language] = tuple(dict.fromkeys(written))
        if len(known[language]) < FEWEST:
            few = f"“{language}” needs at least {FEWEST} different names."
            faults.append(Fault("ALIAS_002", few, ("aliases", language)))
        for at, name in enumerate(written):
            if not 2 <= len(name) <= LONGEST:
                size = f"“{name}” should have 2 to {LONGEST} characters."
                faults.append(Fault("ALIAS_003", size, ("aliases", language, at)))
    return Aliases(names=known), located(faults, path)
