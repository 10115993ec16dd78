"""Reading exercises/support/aliases.yaml: the names a newcomer is offered, by language."""

from pathlib import Path

from bot.catalog.load_support import Fault, located, read_tree
from bot.catalog.problem import Problem

LONGEST = 24
"""An alias stands on buttons and in lists."""
FEWEST = 12
"""A group has about as many members; each should be offered one that is free."""
LANGUAGES = ("en", "es")

Aliases = dict[str, tuple[str, ...]]


def load_aliases(path: Path) -> tuple[Aliases, tuple[Problem, ...]]:
    """The names by language, and what is to be mended."""
    tree, problems = read_tree(path, "ALIAS_001")
    if problems:
        return {}, problems
    lists = tree.get("aliases") if isinstance(tree, dict) else None
    if not isinstance(lists, dict) or tree.get("schema") != 1:
        fault = Fault("ALIAS_001", "This file needs `schema: 1` and `aliases:` by language.", ())
        return {}, located([fault], path)
    known: Aliases = {}
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
    return known, located(faults, path)
