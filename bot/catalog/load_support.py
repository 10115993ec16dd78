"""Reading the YAML files of exercises/support/, and saying what is wrong, with line numbers."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import Kept, key_of
from bot.catalog.placing import quickly, with_lines
from bot.catalog.problem import Place, Problem, did_you_mean


class Fault(NamedTuple):
    """A problem whose line is still to be found."""

    code: str
    message: str
    place: Place


Model = TypeVar("Model", bound=BaseModel)


def kept_or_read(
    model: type[Model],
    files: Iterable[Path],
    cache: tuple[Path | None, str],
    read: Callable[[], tuple[Model, tuple[Problem, ...]]],
) -> tuple[Model, tuple[Problem, ...]]:
    """What was made of these files, from the cache (a folder, and the name of a file in it) while
    none of them changes; else what `read` makes of them, which is kept if nothing is wrong."""
    folder, name = cache
    try:
        state = key_of(files)
    except OSError:
        return read()
    with Kept(folder, name) as kept:
        made = kept.find(name, state)
        if made is not None:
            return model.model_validate_json(made), ()
        content, problems = read()
        if not problems:
            kept.add(name, state, content.model_dump_json())
    return content, problems


def read_tree(path: Path, code: str) -> tuple[Any, tuple[Problem, ...]]:
    """What the file holds; None and the problem if it cannot be read."""
    try:
        return quickly(path), ()
    except (yaml12.YAMLError, UnicodeDecodeError, RecursionError, OSError) as error:
        line, message = 1, "The file is missing or is not UTF-8 text."
        match error:
            case yaml12.MarkedYAMLError(problem_mark=mark):
                line = mark.line + 1 if mark else 1
                message = f"Not readable as YAML: {error.problem}."
                if isinstance(error, yaml12.DuplicateKeyError):
                    message = "This key stands twice in the same place."
            case RecursionError():
                message = "This is nested too deeply."
        return None, (Problem(code, message, (), str(path), line),)


def shape(error: ValidationError, at: Place, code: str, fields: Iterable[str]) -> list[Fault]:
    """Pydantic's complaints as sentences."""
    known = list(fields)
    faults = []
    for fault in error.errors():
        place: Place = (*at, *fault["loc"])
        name, message = place[-1], f"{fault['msg']}."
        match fault["type"]:
            case "extra_forbidden":
                message = f"“{name}” is not known here.{did_you_mean(str(name), known)}"
            case "missing":
                message = f"“{name}” is missing here."
            case "enum" | "literal_error":
                message = f"This must be one of: {fault['ctx']['expected']}."
            case "string_type":
                message = "This should be text; a number goes in quotes."
            case "value_error":
                said = str(fault["ctx"]["error"])
                message = f"{said[:1].upper()}{said[1:]}."
        faults.append(Fault(code, message, place))
    return faults


def located(faults: Collection[Fault], path: Path) -> tuple[Problem, ...]:
    """The faults as problems, each with its line: only for faults is the file read with lines."""
    if not faults:
        return ()
    tree = with_lines(path)
    return tuple(
        Problem(fault.code, fault.message, fault.place, str(path), _line(tree, fault.place))
        for fault in faults
    )


def fields_of(*models: type[BaseModel]) -> list[str]:
    """The names these models know, for did-you-mean."""
    return [field for model in models for field in model.model_fields]


def _line(tree: Any, place: Place) -> int:
    """The line of the innermost part of the place that the file has; 1 at least."""
    line = 1
    for part in place:
        try:
            marks = tree.lc
            found = marks.key(part) if isinstance(tree, dict) else marks.item(part)
            tree = tree[part]
        except (KeyError, AttributeError, TypeError, IndexError):
            break
        line = found[0] + 1
    return line
