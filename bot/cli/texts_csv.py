"""The texts of exercise files as a table for translators: out, and in again.

Only the changed texts are written, at the places they had: comments, order and every other line of
a file stay as they are. A path names a text by ids (`steps/moods/text`), so it survives when steps
are moved.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalog import yaml12
from bot.catalog.text import LANGUAGE
from bot.errors import BetweenError

COLUMNS = ("file", "path", "language", "text")
Key = tuple[str, str]
"""A text by its path and language."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One text in a file, and where its value stands in it."""

    path: str
    language: str
    text: str
    start: int
    end: int
    style: str
    indent: int
    in_flow: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of the table; rows count from 1, the heading is the first."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.message}"


def slots(source: str) -> list[Slot]:
    """Every text of a file. Raises BetweenError for what is not readable as YAML."""
    try:
        root = yaml12.YAML(typ="safe", pure=True).compose(io.StringIO(source))
    except yaml12.UNREADABLE as error:
        raise BetweenError("A file cannot be read. Run: between exercises check") from error
    return list(_walk(root, (), source, set(), in_flow=False))


def _walk(
    node: "yaml12.Node | None", path: tuple[str, ...], source: str, seen: set[int], *, in_flow: bool
) -> Iterator[Slot]:
    if node is None or id(node) in seen:  # an alias: its text is told where it is written
        return
    seen.add(id(node))
    in_flow = in_flow or bool(getattr(node, "flow_style", False))
    if isinstance(node, yaml12.SequenceNode):
        for at, each in enumerate(node.value):
            yield from _walk(each, (*path, _name(each, at)), source, seen, in_flow=in_flow)
    elif isinstance(node, yaml12.MappingNode):
        pairs = [(str(key.value), value) for key, value in node.value]
        in_languages = bool(pairs) and all(re.fullmatch(LANGUAGE, key) for key, _ in pairs)
        for key, value in pairs:
            if in_languages and isinstance(value, yaml12.ScalarNode):
                yield _slot(value, path, key, source, in_flow=in_flow)
            elif in_languages and path[-1:] == ("suggest",):
                yield from _listed(value, path, key, source, in_flow=in_flow)
            else:
                yield from _walk(value, (*path, key), source, seen, in_flow=in_flow)


def _listed(
    node: "yaml12.Node", path: tuple[str, ...], language: str, source: str, *, in_flow: bool
) -> Iterator[Slot]:
    """The words suggested in one language: a list, each a text of its own."""
    in_flow = in_flow or bool(getattr(node, "flow_style", False))
    for at, each in enumerate(node.value):
        if isinstance(each, yaml12.ScalarNode):
            yield _slot(each, (*path, str(at)), language, source, in_flow=in_flow)


def _name(node: "yaml12.Node", at: int) -> str:
    if isinstance(node, yaml12.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml12.ScalarNode):
                return str(value.value)
    return str(at)


def _slot(
    node: "yaml12.ScalarNode", path: tuple[str, ...], language: str, source: str, *, in_flow: bool
) -> Slot:
    start, end = node.start_mark.index, node.end_mark.index
    end = start + len(source[start:end].rstrip())
    line = source[source.rfind("\n", 0, start) + 1 : start]
    indent = len(line) - len(line.lstrip(" -"))
    text = str(node.value).strip()
    style = node.style or ""
    return Slot("/".join(path), language, text, start, end, style, indent, in_flow)


def table(files: Mapping[str, str], languages: Iterable[str] = ()) -> str:
    """The table of these files (their text by name), in these languages or in all."""
    wanted = set(languages)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for name, source in files.items():
        for slot in slots(source):
            if not wanted or slot.language in wanted:
                rows.writerow((name, slot.path, slot.language, slot.text))
    return out.getvalue()


def taken_in(files: Mapping[str, str], text: str) -> tuple[dict[str, str], list[Fault]]:
    """The files that change, with their new text, and what is wrong with the rows.

    `files` are those the table may speak of. Where anything is wrong, nothing should be written.
    """
    known = {name: {(s.path, s.language): s for s in slots(each)} for name, each in files.items()}
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    heading = next(reader, [])
    if tuple(each.strip().lower() for each in heading) != COLUMNS:
        return {}, [Fault(1, f"the columns must be {', '.join(COLUMNS)}")]
    faults: list[Fault] = []
    changed: dict[str, dict[Key, str]] = {}
    rows: dict[tuple[str, Key], int] = {}
    for number, row in enumerate(reader, 2):
        if not any(row):
            continue
        fault = _fault(row, known, rows)
        if fault:
            faults.append(Fault(number, fault))
            continue
        name, path, language, words = row
        rows[name, (path, language)] = number
        words = words.replace("\r\n", "\n").strip()
        if words != known[name][path, language].text:
            changed.setdefault(name, {})[path, language] = words
    if faults:
        return {}, faults
    return {
        name: _written(files[name], [(known[name][key], words) for key, words in new.items()])
        for name, new in changed.items()
    }, []


def _fault(
    row: list[str], known: Mapping[str, Mapping[Key, Slot]], rows: Mapping[tuple[str, Key], int]
) -> str:
    if len(row) != len(COLUMNS):
        return f"it has {len(row)} columns instead of {len(COLUMNS)}"
    name, path, language, words = row
    if name not in known:
        return f"there is no file {name}"
    if (path, language) not in known[name]:
        other = any(each == path for each, _ in known[name])
        what = f"no “{language}” text at {path}" if other else f"no text at {path}"
        return f"there is {what} in {name}; file, path and language are not to be changed"
    if (name, (path, language)) in rows:
        return f"this text stands in row {rows[name, (path, language)]} already"
    if not words.strip():
        return "the text is empty"
    return ""


def _written(source: str, changes: list[tuple[Slot, str]]) -> str:
    for slot, words in sorted(changes, key=lambda each: each[0].start, reverse=True):
        source = source[: slot.start] + _value(slot, words) + source[slot.end :]
    return source


def _value(slot: Slot, words: str) -> str:
    """The words as a value in the place of the old one, in its style where that can be."""
    lines = words.split("\n")
    if not slot.in_flow and (slot.style == "|" or len(lines) > 1) and not words.startswith(" "):
        space = " " * (slot.indent + 2)
        return "|\n" + "\n".join(f"{space}{line}".rstrip() for line in lines)
    quoted = slot.style in ("'", '"')
    if len(lines) == 1 and not quoted and _reads_as_itself(words, in_flow=slot.in_flow):
        return words
    return json.dumps(words, ensure_ascii=False)


def _reads_as_itself(words: str, *, in_flow: bool) -> bool:
    """Whether YAML reads these words, without quotes behind a key, as the words they are."""
    try:
        read = yaml12.YAML(typ="safe", pure=True).load(
            f"{{a: {words}}}" if in_flow else f"a: {words}\n"
        )
    except yaml12.UNREADABLE:
        return False
    return bool(read == {"a": words})


def read_files(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """The files by their names, as a table calls them."""
    return {
        path.relative_to(root.parent).as_posix(): path.read_text(encoding="utf-8") for path in paths
    }
