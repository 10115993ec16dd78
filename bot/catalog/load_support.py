"""Reading the YAML files of exercises/support/, and saying what is wrong, with line numbers."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalog import yaml12
from bot.catalog.cache import Kept, key_of
from bot.catalog.placing import is_echo, quickly, with_lines
from bot.catalog.problem import Place, Problem, did_you_mean, line_in


class Fault(NamedTuple):
    """A problem whose line is still to be found."""

    code: str
    message: str
    place: Place
    warning: bool = False


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
        return None, (unreadable(error, code, path),)


def unreadable(error: Exception, code: str, path: Path) -> Problem:
    """Why the file cannot be read at all."""
    line, message = 1, "The file is not UTF-8 text."
    match error:
        case yaml12.MarkedYAMLError():
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            message = f"Not readable as YAML: {error.problem}."
            if isinstance(error, yaml12.DuplicateKeyError):
                message = "This key stands twice in the same place."
        case yaml12.YAMLError():
            message = "The file holds signs no text has."
        case OSError():
            message = "There is no such file."
        case RecursionError():
            message = "This is nested too deeply."
    return Problem(code, message, (), str(path), line)


def shape(
    error: ValidationError,
    at: Place,
    code: str,
    fields: Iterable[str],
    codes: Mapping[str, str] = MappingProxyType({}),
) -> list[Fault]:
    """Pydantic's complaints as sentences; `codes` are for those of its types with one of their
    own."""
    known = list(fields)
    faults = []
    told = error.errors()
    for fault in told:
        place: Place = (*at, *fault["loc"])
        name, message = place[-1] if place else "", f"{fault['msg']}."
        if is_echo(fault, told):
            continue
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
        faults.append(Fault(codes.get(fault["type"], code), message, place))
    return faults


def located(faults: Collection[Fault], path: Path) -> tuple[Problem, ...]:
    """The faults as problems, each with its line: only for faults is the file read with lines."""
    if not faults:
        return ()
    tree = with_lines(path)
    return tuple(
        Problem(
            fault.code,
            fault.message,
            fault.place,
            str(path),
            line_in(tree, fault.place),
            fault.warning,
        )
        for fault in faults
    )


def fields_of(*models: type[BaseModel]) -> list[str]:
    """The names these models know, for did-you-mean."""
    return [field for model in models for field in model.model_fields]
