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
from bot.catalog.include import PARTS, Joined, Parts
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


def read_library(folder: Path) -> Library:
    """Reads every exercise below a folder. A broken file costs only itself."""
    paths = sorted(folder.rglob("*.yaml"))
    shared: dict[Path, Any] = {}
    sources = [_read(path, folder, shared) for path in paths if not _supports(path, folder)]
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
    return Library(exercises, _once(problems))


def _once(problems: list[Problem]) -> tuple[Problem, ...]:
    """What is wrong in a shared list is told once, however many exercises include it."""
    told = {(each.file, each.line, each.code): each for each in reversed(problems)}
    return tuple(each for each in problems if told[each.file, each.line, each.code] is each)


def _supports(path: Path, folder: Path) -> bool:
    """Lists that are no exercises: lines to call and phrases (support/), shared lists (parts/)."""
    way = path.relative_to(folder).parts
    return way[0] == "support" or PARTS in way[:-1]


def read_file(path: Path, root: Path | None = None) -> Source:
    """Reads and checks one file. Never raises for what an author wrote."""
    return _read(path, root, {})


def _read(path: Path, root: Path | None, shared: dict[Path, Any]) -> Source:
    name = _named(path, root)
    return _read_well(path, root, name, shared) or _read_closely(path, root, name)


def _named(path: Path, root: Path | None) -> str:
    return str(path.relative_to(root.parent)) if root else str(path)


def _quickly(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def _with_lines(path: Path) -> Any:
    return YAML(typ="rt").load(path.read_text(encoding="utf-8"))


_UNREADABLE = (YAMLError, UnicodeDecodeError, RecursionError)


def _read_well(
    path: Path, root: Path | None, name: str, shared: dict[Path, Any]
) -> Source | None:
    """The usual case, in half the time: a file without problems, read without line numbers."""
    parts = Parts(path.parent, _quickly, shared)
    try:
        exercise = Exercise.model_validate(parts.join(_quickly(path)))
    except (*_UNREADABLE, ValidationError):
        return None
    if parts.problems or check(exercise):
        return None
    return Source(name, root, path, exercise, ())


def _read_closely(path: Path, root: Path | None, name: str) -> Source:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        tree = YAML(typ="rt").load(text)
    except _UNREADABLE as error:
        return Source(name, root, None, None, (_unreadable(error, name, text),))
    if not isinstance(tree, dict):
        empty = Problem("YAML_003", "This file holds no exercise.", file=name, line=1)
        return Source(name, root, tree, None, (empty,))
    tree, wrong = _joined(path, root, tree)
    source = Source(name, root, tree, None, ())
    if wrong:
        return replace(source, problems=tuple(_placed(each, source) for each in wrong))
    try:
        exercise = Exercise.model_validate(_plain(tree))
    except ValidationError as error:
        faults = tuple(_placed(problem, source) for problem in _shape(error, tree))
        return replace(source, problems=faults)
    found = tuple(_placed(each, source) for each in check(exercise))
    return replace(source, exercise=exercise, problems=found)


def _joined(path: Path, root: Path | None, tree: Any) -> tuple[Any, list[Problem]]:
    """With what it includes; a shared list that cannot be read is told with its own line."""
    broken: list[Problem] = []

    def read(part: Path) -> Any:
        try:
            return _with_lines(part)
        except _UNREADABLE as error:
            text = part.read_text(encoding="utf-8", errors="replace")
            broken.append(_unreadable(error, _named(part, root), text))
            return None

    parts = Parts(path.parent, read, {})
    joined = parts.join(tree)
    return joined, broken or parts.problems


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
    if problem.file and problem.line:
        return problem  # of a shared list that cannot be read
    tree = source.tree
    if isinstance(tree, Path):
        tree, _ = _joined(tree, source.root, _with_lines(tree))
    part, line = _line(tree, problem.place)
    if part is None:
        return replace(problem, file=source.file, line=line)
    message = f"{problem.message} (Included by {source.file}.)"
    return replace(problem, message=message, file=_named(part, source.root), line=line)


def _line(tree: Any, place: Place) -> tuple[Path | None, int]:
    """The line of the innermost part of the place that the file has, 1 at least; and the shared
    file it stands in, None for the exercise's own."""
    file, line = None, 1
    for part in place:
        if isinstance(tree, Joined) and isinstance(part, int) and part < len(tree):
            file, entries, at = tree.origins[part]
            line, tree = entries.lc.item(at)[0] + 1, tree[part]
            continue
        marks = getattr(tree, "lc", None)
        try:
            found = marks.key(part) if isinstance(tree, dict) else marks.item(part)  # type: ignore[union-attr] # ruamel's marks have no types
        except (KeyError, AttributeError, TypeError, IndexError):
            break
        line = found[0] + 1
        tree = tree[part]
    return file, line
