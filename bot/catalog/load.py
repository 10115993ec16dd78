"""Reading exercises from files, and telling an author what is wrong with them, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from bot.catalog.check import check, check_together
from bot.catalog.exercise import Exercise
from bot.catalog.problem import Place, Problem, did_you_mean
from bot.catalog.shape import sentence


@dataclass(frozen=True)
class Library:
    """All exercises that make sense, by id, and what is wrong with the others."""

    exercises: dict[str, Exercise]
    problems: tuple[Problem, ...] = ()

    def find(self, exercise_id: str) -> Exercise | None:
        """The exercise of this id, None where there is none (any more)."""
        return self.exercises.get(exercise_id)

    def guess(self, wrong: str) -> str:
        """A hint for a misspelt id, or nothing."""
        return did_you_mean(wrong, self.exercises)


@dataclass(frozen=True)
class Source:
    """One file as it was read: its name, what came of it.

    `tree` has the line numbers, or is where they can be read should they be needed.
    """

    file: str
    tree: Any
    exercise: Exercise | None
    problems: tuple[Problem, ...]

    @property
    def id(self) -> str:
        """The id as it stands in the file, however broken the rest."""
        if self.exercise is not None:
            return self.exercise.id
        return str(self.tree.get("id", "")) if isinstance(self.tree, dict) else ""


def read_library(folder: Path) -> Library:
    """Reads every exercise below a folder. A broken file costs only itself."""
    paths = sorted(folder.rglob("*.yaml"))
    sources = [read_file(path, folder) for path in paths if not _supports(path, folder)]
    by_id: dict[str, Source] = {}
    problems: list[Problem] = [problem for source in sources for problem in source.problems]
    for source in sources:
        if source.exercise is None:
            continue
        if source.exercise.id in by_id:
            other = by_id[source.exercise.id].file
            twice = Problem("LIB_002", f"The id is already used in {other}.", ("id",))
            problems.append(_placed(twice, source))
        elif not source.problems:
            by_id[source.exercise.id] = source
    exercises = {key: source.exercise for key, source in by_id.items() if source.exercise}
    broken = frozenset(source.id for source in sources if source.problems)
    problems += [
        _placed(problem, by_id[problem.file])
        for problem in check_together(exercises.values(), broken)
    ]
    return Library(exercises, tuple(problems))


def _supports(path: Path, folder: Path) -> bool:
    """Below exercises/support/ lie lists that are no exercises: lines to call, phrases."""
    return path.relative_to(folder).parts[0] == "support"


def read_file(path: Path, root: Path | None = None) -> Source:
    """Reads and checks one file. Never raises for what an author wrote."""
    name = str(path.relative_to(root.parent)) if root else str(path)
    return _read_well(path, name) or _read_closely(path, name)


def _read_well(path: Path, name: str) -> Source | None:
    """The usual case, in half the time: a file without problems, read without line numbers."""
    try:
        tree = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        exercise = Exercise.model_validate(tree)
    except (YAMLError, UnicodeDecodeError, RecursionError, ValidationError):
        return None
    return None if check(exercise) else Source(name, path, exercise, ())


def _read_closely(path: Path, name: str) -> Source:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        tree = YAML(typ="rt").load(text)
    except (YAMLError, UnicodeDecodeError, RecursionError) as error:
        return Source(name, None, None, (_unreadable(error, name, text),))
    if not isinstance(tree, dict):
        empty = Problem("YAML_003", "This file holds no exercise.", file=name, line=1)
        return Source(name, tree, None, (empty,))
    try:
        exercise = Exercise.model_validate(_plain(tree))
    except ValidationError as error:
        source = Source(name, tree, None, ())
        wrong = tuple(_placed(problem, source) for problem in _shape(error, tree))
        return replace(source, problems=wrong)
    source = Source(name, tree, exercise, ())
    return replace(source, problems=tuple(_placed(each, source) for each in check(exercise)))


def _plain(tree: Any) -> Any:
    """The tree without ruamel's own types, so that pydantic sees plain Python."""
    if isinstance(tree, dict):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value) for value in tree]
    if isinstance(tree, bool) or tree is None:
        return tree
    if isinstance(tree, int):
        return int(tree)
    if isinstance(tree, str):
        return str(tree)
    return tree


def _unreadable(error: Exception, name: str, text: str) -> Problem:
    if isinstance(error, DuplicateKeyError) and error.problem_mark is not None:
        line = error.problem_mark.line + 1
        return Problem("YAML_002", "This key stands twice in the same place.", (), name, line)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        what = (error.problem or "this cannot be read").removeprefix("found ")
        hint = " Use spaces, not a tab." if "\\t" in what else ""
        line = mark.line + 1 if mark else 1
        return Problem("YAML_001", f"Not readable as YAML: {what}.{hint}", (), name, line)
    if isinstance(error, ReaderError):
        line = text[: error.position].count("\n") + 1
        return Problem("YAML_001", "An invisible control character stands here.", (), name, line)
    if isinstance(error, RecursionError):
        return Problem("YAML_001", "This is nested too deeply.", (), name, 1)
    return Problem("YAML_001", "The file is not UTF-8 text.", (), name, 1)


def _shape(error: ValidationError, tree: Any) -> Iterator[Problem]:
    faults = error.errors()
    for fault in faults:
        place = _existing(fault["loc"], tree)
        inside = any(_inside(each["loc"], fault["loc"]) for each in faults)
        if fault["type"] == "too_short" and inside:
            continue  # said only because the parts inside are broken, which is said below
        code, message = sentence(dict(fault), place)
        yield Problem(code, message, place)


def _inside(loc: Place, outer: Place) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def _existing(loc: Place, tree: Any) -> Place:
    """Drops what pydantic adds to a place (union tags) and keeps what the file has."""
    place: list[str | int] = []
    for part in loc:
        inside_list = isinstance(tree, list) and isinstance(part, int) and part < len(tree)
        if inside_list or (isinstance(tree, dict) and part in tree):
            tree = tree[part]
        elif part != loc[-1]:
            continue
        place.append(part)
    return tuple(place)


def _placed(problem: Problem, source: Source) -> Problem:
    tree = source.tree
    if isinstance(tree, Path):
        tree = YAML(typ="rt").load(tree.read_text(encoding="utf-8"))
    return replace(problem, file=source.file, line=_line(tree, problem.place))


def _line(tree: Any, place: Place) -> int:
    """The line of the innermost part of the place that the file has; 1 at least."""
    line = 1
    for part in place:
        marks = getattr(tree, "lc", None)
        try:
            found = marks.key(part) if isinstance(tree, dict) else marks.item(part)  # type: ignore[union-attr] # ruamel's marks have no types
        except (KeyError, AttributeError, TypeError, IndexError):
            break
        line = found[0] + 1
        tree = tree[part]
    return line
