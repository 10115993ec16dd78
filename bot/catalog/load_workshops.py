"""Reading exercises/workshops/, and telling their author what is wrong, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import Kept, key_of
from bot.catalog.check.workshops import known, sense
from bot.catalog.load import Library
from bot.catalog.placing import line_of, misshapen, plain, unreadable, with_lines
from bot.catalog.problem import Problem, did_you_mean
from bot.catalog.workshop import Workshop

FOLDER = "exercises/workshops"


@dataclass(frozen=True)
class Workshops:
    """All workshops that make sense, by id, and what is wrong with the others. `files` says where
    each one stands."""

    known: dict[str, Workshop] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)

    def find(self, name: str) -> Workshop | None:
        """The workshop of this id, None where there is none (any more)."""
        return self.known.get(name)

    def guess(self, wrong: str) -> str:
        """A hint for a misspelt id, or nothing."""
        return did_you_mean(wrong, self.known)


def read_workshops(folder: Path, cache: Path | None = None) -> Workshops:
    """Reads every workshop. A broken file costs only itself.

    `cache` is a folder where workshops without problems are kept until their file changes.
    """
    found: dict[str, Workshop] = {}
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    with Kept(cache, "workshops.json") as kept:
        for path in sorted(folder.glob("*.yaml")):
            workshop, wrong = _read(path, kept)
            problems += wrong
            if workshop is not None and workshop.id in found:
                twice = Problem("LIB_002", f"The id is used in {files[workshop.id].name}.", ("id",))
                problems += _placed([twice], path)
            elif workshop is not None:
                found[workshop.id], files[workshop.id] = workshop, path
    return Workshops(found, tuple(problems), files)


def unknown_exercises(workshops: Workshops, library: Library) -> list[Problem]:
    """What lessons lead to is there and can be begun. (A lesson whose exercise is missing is shown
    without it, so that the rest of the workshop goes on.)"""
    return [
        problem
        for name, workshop in workshops.known.items()
        for problem in _placed(known(workshop, library.exercises), workshops.files[name])
    ]


def _read(path: Path, kept: Kept) -> tuple[Workshop | None, list[Problem]]:
    name, state = f"{FOLDER}/{path.name}", key_of((path,))
    made = kept.find(name, state)
    if made is not None:
        return Workshop.model_validate_json(made), []
    try:
        tree = with_lines(path)
    except yaml12.UNREADABLE as error:
        text = path.read_text(encoding="utf-8", errors="replace")
        return None, [unreadable(error, name, text)]
    if not isinstance(tree, dict):
        return None, [Problem("YAML_003", "This file holds no workshop.", (), name, 1)]
    try:
        workshop = Workshop.model_validate(plain(tree))
    except ValidationError as error:
        return None, _lined(misshapen(error, tree), name, tree)
    wrong = _lined(sense(workshop), name, tree)
    if wrong:
        return None, wrong
    kept.add(name, state, workshop.canonical())
    return workshop, []


def _placed(problems: Iterable[Problem], path: Path) -> list[Problem]:
    """Read once more, with its lines: only when there is something to say."""
    found = list(problems)
    return _lined(found, f"{FOLDER}/{path.name}", with_lines(path)) if found else []


def _lined(problems: Iterable[Problem], name: str, tree: Any) -> list[Problem]:
    return [replace(each, file=name, line=line_of(tree, each.place)[1]) for each in problems]
