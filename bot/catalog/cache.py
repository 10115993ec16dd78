"""Keeping what was made from the content files, so that the next process need not make it again."""

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent


def sources() -> list[Path]:
    """The code that reads content: when it changes, nothing that was kept is true any more."""
    return sorted(HERE.rglob("*.py"))


@cache
def code() -> str:
    """The code that reads content, as one hash; read once, as what runs is what was there then."""
    return key_of(sources())


def key_of(paths: Iterable[Path]) -> str:
    """What these files hold, by name, as one hash; of this Python, whose tables of letters count.

    Raises OSError for a file that cannot be read.
    """
    told = hashlib.sha256(sys.version.encode())
    for path in paths:
        data = path.read_bytes()
        told.update(f"\n{path.name} {len(data)}\n".encode() + data)
    return told.hexdigest()


def recall(file: Path, key: str) -> Any:
    """What was kept under this key; None where that is something else, broken, or nothing."""
    try:
        whole = file.read_bytes()
        end = whole.find(b"\n") + 1
        first, body = whole[: max(0, end - 1)], memoryview(whole)[end:]
        if first.decode() != f"{key} {hashlib.sha256(body).hexdigest()}":
            return None
        return marshal.loads(body)  # noqa: S302 # the hash says that it is what we wrote
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(file: Path, key: str, value: Any) -> None:
    """Writes the file at once or not at all; where that cannot be done, nothing is kept."""
    body = marshal.dumps(value)
    first = f"{key} {hashlib.sha256(body).hexdigest()}\n".encode()
    with suppress(OSError):
        _make(file.parent)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as written:
                written.write(first + body)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _make(folder: Path) -> None:
    """The folder and those above it for their owner alone: the first command of a new installation
    makes the data folder by this, and `parents=True` would leave it open to everybody."""
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)  # another process may be as quick


class Kept:
    """What was made of single files, all in one file of a cache folder; without a folder, nothing.

    Use it as a context manager: what was asked for, or newly made, is kept at the end.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._file = folder / name if folder else None
        self._key = code() if folder else ""
        self._before: dict[str, list[str]] = {}
        self._now: dict[str, list[str]] = {}

    def __enter__(self) -> Self:
        if self._file:
            self._before = recall(self._file, self._key) or {}
        return self

    def __exit__(self, *_: object) -> None:
        if self._file and self._now != self._before:
            keep(self._file, self._key, self._now)

    def find(self, name: str, state: str) -> str | None:
        """What was made of the file when it, and all it needs, was in this state."""
        found = self._before.get(name)
        if found is None or found[0] != state:
            return None
        self._now[name] = found
        return found[1]

    def add(self, name: str, state: str, made: str) -> None:
        """Made just now."""
        self._now[name] = [state, made]
