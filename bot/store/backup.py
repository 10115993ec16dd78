"""A copy of the database that can be put back: whole, looked through, for its owner alone.

What is sealed stays sealed in it; the master key never comes near it. It is written beside its
name and gets the name only when it is complete.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from bot.errors import BetweenError
from bot.store import pg_tools
from bot.store.migrations import revisions

Told = Callable[[int, int], None]
"""Hears how much is done, and of how much (0: nobody knows): pages on SQLite, else bytes."""
_PAGES = 2000  # in one go: 8 MB, some milliseconds
_HEADER = 100


def save(url: str, to: Path, told: Told) -> None:
    """Copies the database to a new file while the bot runs, and looks the copy through."""
    if to.exists():
        raise BetweenError(f"{to} exists already. Choose another name: no backup is overwritten.")
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if make_url(url).get_backend_name() == "sqlite":
            _copy(Path(str(make_url(url).database)), part, told)
            check(part)
        else:
            pg_tools.dump(url, part, told)
        _settle(part)
        part.rename(to)
        _settle(to.parent)
    except OSError as error:
        raise BetweenError(f"{to} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def check(file: Path) -> str:
    """The revision of a whole SQLite backup; BetweenError in plain words for anything else."""
    try:
        _check_size(file)
        way = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(way, uri=True)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise BetweenError(f"{file} is damaged ({found}). Use another backup.")
            revision = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except OSError as error:
        raise BetweenError(f"{file} cannot be read: {error.strerror}.") from error
    except sqlite3.DatabaseError as error:
        raise BetweenError(f"{file} is no whole backup ({error}). Use another one.") from error
    if revision is None or revision[0] not in revisions():
        raise BetweenError(
            f"{file} was made by another version of Between. Install that, or newer."
        )
    return str(revision[0])


def _check_size(file: Path) -> None:
    # A file that was cut off can still be opened; its header says how long it should be.
    with file.open("rb") as opened:
        header = opened.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(b"SQLite format 3\0"):
        raise BetweenError(f"{file} is no backup of Between on SQLite.")
    page = int.from_bytes(header[16:18])
    page = 65536 if page == 1 else page
    if file.stat().st_size != page * int.from_bytes(header[28:32]):
        raise BetweenError(f"{file} is only part of a backup. Use another one.")


def copy_file(source: Path, to: Path, told: Told) -> None:
    """Copies a whole SQLite database to a private file, as it is at this moment."""
    to.unlink(missing_ok=True)
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _copy(source, to, told)


def _copy(source: Path, to: Path, told: Told) -> None:
    if not source.exists():
        raise BetweenError(f"There is no database at {source}.")
    try:
        with (
            closing(sqlite3.connect(source, isolation_level=None)) as live,
            closing(sqlite3.connect(to, isolation_level=None)) as copy,
        ):
            # As long as this transaction reads, the copy is of one moment; without it the copying
            # would begin anew whenever the bot writes.
            live.execute("BEGIN")
            live.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
            live.backup(copy, pages=_PAGES, progress=lambda _, left, of: told(of - left, of))
            live.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, and no journal beside it
    except sqlite3.Error as error:
        raise BetweenError(f"{source} cannot be copied: {error}.") from error


def _settle(path: Path) -> None:
    """On the disk, whatever happens now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
