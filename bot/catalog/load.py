"""Reading exercises from files, and telling an author what is wrong with them, line by line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import Kept, key_of
from bot.catalog.check import check, check_together
from bot.catalog.exercise import Exercise
from bot.catalog.include import PARTS, Parts
from bot.catalog.load_tracks import FOLDER as TRACKS
from bot.catalog.load_tracks import Tracks
from bot.catalog.placing import (
    line_of,
    misshapen,
    plain,
    quickly,
    unreadable,
    with_lines,
)
from bot.catalog.problem import Problem, did_you_mean

_ID = re.compile(r"^id: *([a-z][a-z0-9_.]*)", re.MULTILINE)
NOT_EXERCISES = ("support", "measures", "workshops", TRACKS)
"""Folders beside the exercises that hold something else."""


@dataclass(frozen=True)
class Library:
    """All exercises that make sense, by id, what is wrong with the others, and the tracks."""

    exercises: dict[str, Exercise]
    problems: tuple[Problem, ...] = ()
    tracks: Tracks = field(default_factory=Tracks)

    def find(self, exercise_id: str) -> Exercise | None:
        """The exercise of this id, None where there is none (any more)."""
        return self.exercises.get(exercise_id)

    def guess(self, wrong: str) -> str:
        """A hint for a misspelt id, or nothing."""
        return did_you_mean(wrong, self.exercises)


@dataclass(frozen=True)
class Source:
    """One file as it was read: its name, what came of it.

    `tree` has the line numbers, or is where they can be read should they be needed. `root` is the
    folder that names of files begin with.
    """

    file: str
    root: Path | None
    tree: Any
    exercise: Exercise | None
    problems: tuple[Problem, ...]

    @property
    def id(self) -> str:
        """The id as it stands in the file, however broken the rest."""
        if self.exercise is not None:
            return self.exercise.id
        return str(self.tree.get("id", "")) if isinstance(self.tree, dict) else ""


def read_library(folder: Path, cache: Path | None = None) -> Library:
    """Reads every exercise below a folder. A broken file costs only itself.

    `cache` is a folder where exercises without problems are kept until their file, a list they
    include, or the code that reads them changes.
    """
    sources = read_sources(folder, cache)
    by_id: dict[str, Source] = {}
    problems: list[Problem] = [problem for source in sources for problem in source.problems]
    for source in sources:
        if source.exercise is None:
            continue
        if source.exercise.id in by_id:
            other = by_id[source.exercise.id].file
            twice = Problem("LIB_002", f"The id is already used in {other}.", ("id",))
            problems.append(placed(twice, source))
        elif not source.problems:
            by_id[source.exercise.id] = source
    exercises = {key: source.exercise for key, source in by_id.items() if source.exercise}
    broken = frozenset(source.id for source in sources if source.problems)
    problems += [
        placed(problem, by_id[problem.file])
        for problem in check_together(exercises.values(), broken)
    ]
    return Library(exercises, once(problems), Tracks(folder / TRACKS, cache))


def read_sources(folder: Path, cache: Path | None = None) -> list[Source]:
    """Every exercise file below a folder, as it was read by itself."""
    paths = [path for path in sorted(folder.rglob("*.yaml")) if not _supports(path, folder)]
    shared: dict[Path, Any] = {}
    lists = {
        each: key_of(sorted((each / PARTS).glob("*.yaml")))
        for each in {path.parent for path in paths}
    }
    with Kept(cache, "exercises.json") as kept:
        return [
            _kept(path, folder, shared, kept, key_of((path,)) + lists[path.parent])
            for path in paths
        ]


def _kept(path: Path, root: Path, shared: dict[Path, Any], kept: Kept, state: str) -> Source:
    """As it was kept in this state, else read; an exercise with problems is never kept."""
    name = _named(path, root)
    known = kept.find(name, state)
    if known is not None:
        return Source(name, root, path, Exercise.model_validate_json(known), ())
    source = _read(path, root, shared)
    if source.exercise is not None and not source.problems:
        kept.add(name, state, source.exercise.canonical())
    return source


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is wrong in a shared list is told once, however many exercises include it."""
    problems = tuple(problems)
    told = {(each.file, each.line, each.code): each for each in reversed(problems)}
    return tuple(each for each in problems if told[each.file, each.line, each.code] is each)


def _supports(path: Path, folder: Path) -> bool:
    """What is no exercise: lines to call and phrases (support/), shared lists (parts/), overlays
    (tracks/), workshops/, and questionnaires without their wording (measures/)."""
    way = path.relative_to(folder).parts
    return way[0] in NOT_EXERCISES or PARTS in way[:-1]


def read_file(path: Path) -> Source:
    """Reads and checks one file. Never raises for what an author wrote."""
    return _read(path, None, {})


def _read(path: Path, root: Path | None, shared: dict[Path, Any]) -> Source:
    name = _named(path, root)
    return _read_well(path, root, name, shared) or _read_closely(path, root, name)


def _named(path: Path, root: Path | None) -> str:
    return str(path.relative_to(root.parent)) if root else str(path)


def _read_well(path: Path, root: Path | None, name: str, shared: dict[Path, Any]) -> Source | None:
    """The usual case, in half the time: a file without problems, read without line numbers."""
    parts = Parts(path.parent, quickly, shared)
    try:
        exercise = Exercise.model_validate(parts.join(quickly(path)))
    except (*yaml12.UNREADABLE, ValidationError):
        return None
    if parts.problems or check(exercise):
        return None
    return Source(name, root, path, exercise, ())


def _read_closely(path: Path, root: Path | None, name: str) -> Source:
    try:
        tree = with_lines(path)
    except yaml12.UNREADABLE as error:
        text = path.read_text(encoding="utf-8", errors="replace")
        named = _ID.search(text)  # whatever names it need not be told that it does not exist
        known = {"id": named[1]} if named else None
        return Source(name, root, known, None, (unreadable(error, name, text),))
    if not isinstance(tree, dict):
        empty = Problem("YAML_003", "This file holds no exercise.", file=name, line=1)
        return Source(name, root, tree, None, (empty,))
    tree, wrong = _joined(path, root, tree)
    source = Source(name, root, tree, None, ())
    if wrong:
        return replace(source, problems=tuple(placed(each, source) for each in wrong))
    try:
        exercise = Exercise.model_validate(plain(tree))
    except ValidationError as error:
        faults = tuple(placed(problem, source) for problem in misshapen(error, tree))
        return replace(source, problems=faults)
    found = tuple(placed(each, source) for each in check(exercise))
    return replace(source, exercise=exercise, problems=found)


def _joined(path: Path, root: Path | None, tree: Any) -> tuple[Any, list[Problem]]:
    """With what it includes; a shared list that cannot be read is told with its own line."""
    broken: list[Problem] = []

    def read(part: Path) -> Any:
        try:
            return with_lines(part)
        except yaml12.UNREADABLE as error:
            text = part.read_text(encoding="utf-8", errors="replace")
            broken.append(unreadable(error, _named(part, root), text))
            return None

    parts = Parts(path.parent, read, {})
    joined = parts.join(tree)
    name = _named(path, root)
    return joined, broken or [replace(each, file=name) for each in parts.problems]


def placed(problem: Problem, source: Source) -> Problem:
    """The problem with the file and the line that its place stands in."""
    if problem.file and problem.line:
        return problem  # of a shared list that cannot be read
    tree = source.tree
    if isinstance(tree, Path):
        tree, _ = _joined(tree, source.root, with_lines(tree))
    part, line = line_of(tree, problem.place)
    if part is None:
        return replace(problem, file=source.file, line=line)
    message = f"{problem.message} (Included by {source.file}.)"
    return replace(problem, message=message, file=_named(part, source.root), line=line)
