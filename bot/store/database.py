"""Opening a database the way Between needs it, alone if need be, and bringing it up to date."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import BetweenError
from bot.store.migrations import HEAD, revisions

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_NEWER = (
    "A newer version of Between made this database. Install that version again, or go back to a"
    " backup of before: between restore FILE"
)
_PATIENCE = 5  # seconds that somebody who only looks waits
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may take back, after a power cut, what we said was saved
    "foreign_keys=ON",
    "busy_timeout=10000",
    "cache_size=-500",  # KB; what else is near is in the memory of the system
    "secure_delete=ON",
)


def open_engine(url: str) -> Engine:
    """The database behind a URL: `sqlite:////abs/path` or `postgresql+psycopg://…`."""
    match make_url(url).get_backend_name():
        case "sqlite":
            return _open_sqlite(url)
        case "postgresql":
            return create_engine(url, hide_parameters=True)
        case other:
            raise BetweenError(f"Between keeps its data in SQLite or PostgreSQL, not in {other}.")


def open_reader(url: str) -> Engine:
    """The same database for looking only: it never waits for whoever writes, nor they for it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        way = f"file:{quote(str(parsed.database))}?mode=ro"
        return create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(way, uri=True, timeout=_PATIENCE),
            poolclass=NullPool,
            hide_parameters=True,
        )
    gently = f"-c default_transaction_read_only=on -c statement_timeout={_PATIENCE * 1000}"
    return create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": _PATIENCE, "options": gently},
    )


class DataLock(AbstractContextManager["DataLock"]):
    """Held by the one process that may use a SQLite data folder; freed even by kill -9."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "between.lock"
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the folder, or say who has it."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
            os.close(handle)
            raise BetweenError(
                f"Another Between (process {holder}) is using {self._path.parent}. "
                "Stop it first, or use PostgreSQL to run several."
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._handle = handle

    def release(self) -> None:
        """Let the next process in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def migrations(url: str) -> "Config":
    """Alembic's settings for this database, without an alembic.ini."""
    from alembic.config import Config  # `between run` never migrates and need not wait for it

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def migrate(url: str, told: Callable[[int, int], None] = lambda *_: None) -> None:
    """Bring the tables to what this version of Between expects; makes a new database too.

    All of it or nothing: killed at any moment, it begins where it began. `told` hears how many
    steps are done, and of how many.
    """
    from alembic import command

    if _is_newer(_revision(url)):
        raise BetweenError(_NEWER)
    _create_private_file(url)
    config = migrations(url)
    config.attributes["told"] = told
    command.upgrade(config, "head")


def is_current(url: str) -> bool:
    """Whether the tables are what this version of Between expects."""
    return _revision(url) == [HEAD]


def refuse_unfit(url: str) -> None:
    """BetweenError where this version of Between cannot use the tables; it says what to do."""
    found, file = _revision(url), _sqlite_file(url)
    if found == [HEAD]:
        return
    if not found:
        where = "Nothing is in the database" if file is None else f"There is no database in {file}"
        raise BetweenError(f"{where} yet. Run: between init")
    if _is_newer(found):
        raise BetweenError(_NEWER)
    raise BetweenError("The database is not up to date. Run: between db upgrade")


def _revision(url: str) -> list[Any]:
    return _found(url, "alembic_version", "SELECT version_num FROM alembic_version")


def _is_newer(found: list[Any]) -> bool:
    return bool(found) and found[0] not in revisions()


def in_use(url: str) -> bool:
    """Whether a database is there in which something was sealed."""
    return bool(_found(url, "person_key", "SELECT 1 FROM person_key LIMIT 1"))


def _found(url: str, table: str, query: str) -> list[Any]:
    """What stands in the only column of a query; nothing where there is no such file or table."""
    file = _sqlite_file(url)
    if file is not None and not file.exists():
        return []
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        if not inspect(connection).has_table(table):
            return []
        return list(connection.execute(text(query)).scalars())


def _open_sqlite(url: str) -> Engine:
    _create_private_file(url)
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    # Not by listening for "begin": one such listener makes every statement a tenth slower.
    engine.dialect.do_begin = _begin_immediate  # type: ignore[assignment] # this engine's own
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would otherwise begin transactions by itself, too late and too weak.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # A plain BEGIN reads first and writes later, and loses what was written in between.
    connection.execute("BEGIN IMMEDIATE")


def _sqlite_file(url: str) -> Path | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def _create_private_file(url: str) -> None:
    # SQLite's journals take over the permissions of the file, so it must be private from birth.
    file = _sqlite_file(url)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
