"""PostgreSQL's own programs for backups: pg_dump and pg_restore, called without a password in
their arguments."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from bot.errors import BetweenError

_LOOK: Final = 0.2
"""Seconds between two looks at how much was written."""
_NAMES: Final = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "username",
    "PGPASSWORD": "password",
    "PGDATABASE": "database",
}


def dump(url: str, to: Path, told: Callable[[int, int], None]) -> None:
    """All tables of Between in pg_dump's own format."""
    _run(url, "pg_dump", "--format=custom", "--no-owner", "--schema=public", f"--file={to}",
         told=lambda: told(to.stat().st_size, 0))  # fmt: skip
    read_through(url, to)


def read_through(url: str, file: Path) -> None:
    """Reads a dump from its beginning to its end; BetweenError if it is not whole."""
    _run(url, "pg_restore", f"--file={os.devnull}", str(file))


def put_back(url: str, file: Path, told: Callable[[int, int], None]) -> None:
    """Everything of a dump, or nothing."""
    _run(url, "pg_restore", "--dbname", str(make_url(url).database), "--no-owner",
         "--schema=public", "--exit-on-error", "--single-transaction", str(file),
         told=lambda: told(0, 0))  # fmt: skip


def _run(url: str, name: str, *words: str, told: Callable[[], None] = lambda: None) -> None:
    program = shutil.which(name)
    if program is None:
        raise BetweenError(
            f"{name} is not on this machine. Install PostgreSQL's client programs of the server's"
            f" version, or run it where they are: {name} {' '.join(words)}"
        )
    running = subprocess.Popen(  # noqa: S603  # a fixed name, found on PATH by whoever runs this
        [program, *words], env=_environment(url), stderr=subprocess.PIPE, text=True
    )
    while running.poll() is None:
        told()
        time.sleep(_LOOK)
    said = running.communicate()[1].strip().splitlines()
    if running.returncode:
        raise BetweenError(f"{name} did not do it: {' '.join(said) or 'no reason given'}")


def _environment(url: str) -> dict[str, str]:
    """Where the database is, as libpq reads it; never in the arguments, which everybody can see."""
    parsed = make_url(url)
    given = {name: getattr(parsed, part) for name, part in _NAMES.items()}
    given["PGHOST"] = given["PGHOST"] or parsed.query.get("host")
    return {**os.environ, **{name: str(value) for name, value in given.items() if value}}
