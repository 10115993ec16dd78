"""An upgrade of a database with a million answers: how long, and what kill -9 does in it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from alembic import command

from bot.config import TOP
from bot.store.database import is_current, migrations
from tests.bench.load.bots import CACHE
from tests.bench.load.growth import AT, ID, NUMBERS

BEFORE = "0014"
"""The version that is upgraded; ten changes of the tables come after it."""
ANSWERS = int(os.environ.get("BENCH_ANSWERS", "1000000"))
A_RUN = 8
RUNS = ANSWERS // A_RUN
PEOPLE = max(1, RUNS // 10)
MESSAGES = ANSWERS // 5
_PERSON = f"(SELECT printf('%032x', i % {PEOPLE}))"
_ROWS = (
    (
        PEOPLE,
        (
            "participant (id, telegram_key, sealed_address, language, zone, reachable, standing,"
            f" created_at) {{0}} SELECT {ID}, randomblob(32), randomblob(40), 'en', 'UTC', 1,"
            f" 'member', {AT} FROM n"
        ),
    ),
    (
        PEOPLE,
        (
            "person_key (participant_id, wrapped, master_version)"
            f" {{0}} SELECT {ID}, randomblob(60), 1 FROM n"
        ),
    ),
    (
        RUNS,
        (
            "run (id, participant_id, exercise_id, revision, status, cursor, turn, sealed_state,"
            f" started_at, updated_at, finished_at) {{0}} SELECT {ID}, {_PERSON}, 'bench', 'bench',"
            f" 'finished', 'done', 9, randomblob(300), {AT}, {AT}, {AT} FROM n"
        ),
    ),
    (
        ANSWERS,
        (
            "answer (run_id, step, participant_id, sealed_body, answered_at) {0} SELECT"
            f" printf('%032x', i / {A_RUN}), 'step' || (i % {A_RUN}), printf('%032x', (i / {A_RUN})"
            f" % {PEOPLE}), randomblob(90), {AT} FROM n"
        ),
    ),
    (
        MESSAGES,
        (
            "outbox (key, participant_id, kind, policy, redraws, status, attempts, ambiguous,"
            f" not_before, created_at, sealed_body) {{0}} SELECT 'u' || i, {_PERSON}, 1,"
            f" 'at_least_once', 0, 'sent', 1, 0, {AT}, {AT}, NULL FROM n"
        ),
    ),
)
_REVISION = (
    "INSERT INTO revision (sha, exercise_id, definition, kept_at)"
    " VALUES ('bench', 'bench', '{}', '2026-01-01 00:00:00.000000')"
)


def bench() -> str:
    """Seconds of `between db upgrade`, whole and after it was killed in the middle."""
    with TemporaryDirectory(prefix="between-bench-") as folder:
        whole, killed = Path(folder) / "whole", Path(folder) / "killed"
        for each in (whole, killed):
            each.mkdir(mode=0o700)
        _fill(whole)
        shutil.copyfile(whole / "between.db", killed / "between.db")
        size = (whole / "between.db").stat().st_size / 1e6
        before = _counted(whole)
        took = _upgraded(whole)
        stood = _killed(killed, took / 2)
        again = _upgraded(killed)
        for each in (whole, killed):
            assert _counted(each) == before
            assert is_current(_url(each))
    return (
        f"{ANSWERS:,} answers ({size:,.0f} MB) from {BEFORE} to now with a bar: {took:.1f} s with"
        f" the start of the program; kill -9 after {took / 2:.1f} s leaves {stood}, run again it"
        f" takes {again:.1f} s; all rows are there"
    )


def _fill(folder: Path) -> None:
    command.upgrade(migrations(_url(folder)), BEFORE)
    connection = sqlite3.connect(folder / "between.db")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(_REVISION)
    for many, each in _ROWS:
        connection.execute("INSERT INTO " + each.format(NUMBERS.format(0, many)))
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _counted(folder: Path) -> tuple[int, ...]:
    connection = sqlite3.connect(folder / "between.db")
    tables = ("participant", "person_key", "run", "answer", "outbox")
    found = tuple(
        int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables
    )
    connection.close()
    return found


def _upgraded(folder: Path) -> float:
    began = perf_counter()
    process = _upgrade(folder)
    told = process.communicate()[1]
    assert process.returncode == 0, told
    assert b"100%" in told, told
    return perf_counter() - began


def _killed(folder: Path, after: float) -> str:
    """The version the tables are at after kill -9."""
    process = _upgrade(folder)
    sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    connection = sqlite3.connect(folder / "between.db")
    version = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    connection.close()
    return f"version {version}"


def _upgrade(folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(TOP),
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "CACHE_DIR": str(CACHE),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "db", "upgrade"],
        env=environment, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'between.db'}"
