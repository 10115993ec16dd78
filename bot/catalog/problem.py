"""What is wrong with an exercise, where, and how to mend it: for its author, not for us."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

Place = tuple[str | int, ...]
"""The way to a value inside the file: ("steps", 3, "goto")."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `code` is stable and can be looked up; `line` counts from 1."""

    code: str
    message: str
    place: Place = ()
    file: str = ""
    line: int = 0
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.code} {self.message}"


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """ " Did you mean “…”?", or nothing where no known word is close."""
    close = get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f" Did you mean “{close[0]}”?" if close else ""


def line_in(tree: Any, place: Place) -> int:
    """The line of the innermost part of the place that the file has (read with its lines); 1 at
    least."""
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
