"""Lists that several exercises share: `include: core` stands for the list in parts/core.yaml."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bot.catalog.problem import Place, Problem, did_you_mean

PARTS = "parts"
"""The folder, beside the exercises, whose files hold lists to include."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Origin(NamedTuple):
    """Where an entry of a joined list was written: the file, and the list and place in it."""

    file: Path | None
    entries: Any
    at: int


class Joined(list[Any]):
    """A list put together from several files; `origins` says for each entry from where."""

    def __init__(self) -> None:
        super().__init__()
        self.origins: list[Origin] = []

    def take(self, entries: Any, at: int, file: Path | None) -> None:
        """One entry more."""
        self.append(entries[at])
        self.origins.append(Origin(file, entries, at))


@dataclass
class Parts:
    """The shared lists beside one exercise, read once; collects what cannot be included."""

    folder: Path
    read: Callable[[Path], Any]
    trees: dict[Path, Any]
    problems: list[Problem] = field(default_factory=list)

    def join(self, tree: Any) -> Any:
        """The tree with every `include:` replaced by the entries it stands for."""
        return self._joined(tree, (), "")

    def _joined(self, tree: Any, place: Place, name: str) -> Any:
        if isinstance(tree, dict):
            for key, value in tree.items():
                if isinstance(value, dict | list):
                    tree[key] = self._joined(value, (*place, key), str(key))
            return tree
        if not isinstance(tree, list):
            return tree
        if not any(_wanted(each) for each in tree):
            for at, each in enumerate(tree):
                self._joined(each, (*place, at), name)
            return tree
        return self._list(tree, place, name)

    def _list(self, tree: list[Any], place: Place, name: str) -> Joined:
        joined = Joined()
        for at, each in enumerate(tree):
            wanted = _wanted(each)
            if wanted is None:
                self._joined(each, (*place, at), name)
                joined.take(tree, at, None)
                continue
            file, entries = self._entries(wanted, name, (*place, at), _line(tree, at))
            for number in range(len(entries)):
                joined.take(entries, number, file)
        return joined

    def _entries(self, wanted: str, name: str, place: Place, line: int) -> tuple[Path, Any]:
        file = self.folder / PARTS / f"{wanted}.yaml"
        known = [each.stem for each in file.parent.glob("*.yaml")]
        if not _NAME.fullmatch(wanted) or wanted not in known:
            hint = did_you_mean(wanted, known)
            self._wrong(f"There is no file {PARTS}/{wanted}.yaml here.{hint}", place, line)
            return file, ()
        if file not in self.trees:
            self.trees[file] = self.read(file)
        tree = self.trees[file]
        entries = tree.get(name) if isinstance(tree, dict) else None
        if not isinstance(entries, list):
            hint = did_you_mean(name, tree) if isinstance(tree, dict) else ""
            self._wrong(f"{PARTS}/{wanted}.yaml has no list “{name}”.{hint}", place, line)
            return file, ()
        if any(_wanted(each) for each in entries):
            deeper = f"{PARTS}/{wanted}.yaml includes something itself; that goes no deeper."
            self._wrong(deeper, place, line)
            return file, ()
        return file, entries

    def _wrong(self, message: str, place: Place, line: int) -> None:
        self.problems.append(Problem("INCL_001", message, place, line=line))


def _wanted(entry: Any) -> str | None:
    """The name in `include: name`, None for any other entry."""
    alone = isinstance(entry, dict) and set(entry) == {"include"}
    return str(entry["include"]) if alone else None


def _line(entries: Any, at: int) -> int:
    """The line an entry is written on, 0 where the tree knows no lines. Known now only: the lists
    joined in this one move what stands below."""
    marks = getattr(entries, "lc", None)
    return marks.item(at)[0] + 1 if marks is not None else 0
