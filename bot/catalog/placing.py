"""From a place inside a file to the line an author reads, whatever pydantic made of the place."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.catalog import yaml12
from bot.catalog.include import Joined
from bot.catalog.problem import Place, Problem
from bot.catalog.shape import sentence


def quickly(path: Path) -> Any:
    """The file as plain Python, without its lines: a tenth of the time."""
    return plainly(path.read_text(encoding="utf-8"))


def plainly(text: str) -> Any:
    """YAML 1.2 as plain Python. libyaml reads most texts, five times as fast and with the same
    result; what it does not know of YAML 1.2 (a colon inside a word within braces), or would
    forgive (tabs), is for the reader in Python."""
    if "\t" not in text and "%YAML" not in text:
        with suppress(yaml12.YAMLError):
            return yaml12.YAML(typ="safe").load(text)
    return yaml12.YAML(typ="safe", pure=True).load(text)


def with_lines(path: Path) -> Any:
    """The file as a tree that knows its lines."""
    return yaml12.YAML(typ="rt").load(path.read_text(encoding="utf-8"))


def plain(tree: Any) -> Any:
    """The tree without ruamel's own types, so that pydantic sees plain Python."""
    if isinstance(tree, dict):
        return {str(key): plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [plain(value) for value in tree]
    if isinstance(tree, bool) or tree is None:
        return tree
    if isinstance(tree, int):
        return int(tree)
    if isinstance(tree, str):
        return str(tree)
    return tree


_UNCLOSED = "unexpected end of stream"
_WAYS_OUT = {
    "\\t": "Use spaces, not a tab.",
    _UNCLOSED: "A quotation mark opens here and is never closed.",
    "mapping values": "A text with a colon in it goes in quotes. If it is no text: lines of one"
    " thing begin below one another.",
    "found '<scalar>'": "A text with quotation marks in it goes in the other kind of them.",
    "<block end>": "Lines of one thing begin below one another: look at the blanks before them.",
    "cannot start any token": "A text that begins with this sign goes in quotes.",
    "expected ',' or": "A bracket is never closed, or a comma is missing before this.",
    "expected ':'": "A colon is missing here, or the blank behind it.",
    "another document": "A file holds one exercise: leave out the line ---.",
    "unknown escape": "A text with this sign goes in single quotes.",
}
"""What to do, by a part of what ruamel says; the first that fits."""


def _way_out(what: str) -> str:
    return next((f" {words}" for part, words in _WAYS_OUT.items() if part in what), "")


def unreadable(error: Exception, name: str, text: str) -> Problem:
    """Why the file cannot be read at all."""
    if isinstance(error, yaml12.DuplicateKeyError) and error.problem_mark is not None:
        line = error.problem_mark.line + 1
        return Problem("YAML_002", "This key stands twice in the same place.", (), name, line)
    if isinstance(error, yaml12.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        what = (error.problem or "this cannot be read").removeprefix("found ")
        if _UNCLOSED in what:
            mark = error.context_mark or mark  # where it opens, and not the end of the file
        line = mark.line + 1 if mark else 1
        words = f"Not readable as YAML: {what}.{_way_out(what)}"
        return Problem("YAML_001", words, (), name, line)
    if isinstance(error, yaml12.ReaderError):
        line = text[: error.position].count("\n") + 1
        return Problem("YAML_001", "An invisible control character stands here.", (), name, line)
    if isinstance(error, RecursionError):
        return Problem("YAML_001", "This is nested too deeply.", (), name, 1)
    return Problem("YAML_001", "The file is not UTF-8 text.", (), name, 1)


def misshapen(error: ValidationError, tree: Any) -> Iterator[Problem]:
    """Pydantic's complaints as problems with the places the file has."""
    faults = error.errors()
    for fault in faults:
        place = _existing(fault["loc"], tree)
        if is_echo(fault, faults):
            continue
        code, message = sentence(dict(fault), place)
        yield Problem(code, message, place)


def is_echo(fault: ErrorDetails, faults: Iterable[ErrorDetails]) -> bool:
    """Whether it is too short only because parts of it are broken, which is said as well."""
    return fault["type"] == "too_short" and any(
        _inside(each["loc"], fault["loc"]) for each in faults
    )


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


def line_of(tree: Any, place: Place) -> tuple[Path | None, int]:
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
