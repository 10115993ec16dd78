"""How everything grows from a thousand registered participants to a million."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.config import Settings
from tests.bench.load.bots import PEOPLE, between, crowd, house
from tests.bench.load.crowd import Crowd
from tests.bench.load.figures import HEAD, Figures, row
from tests.bench.load.loopback import Loopback
from tests.bench.load.measure import Load, begun, check, measure

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000,1000000").split(","))
PRESENT = int(os.environ.get("BENCH_PRESENT", "15000"))
"""So many at most are in the programme now, about what one bot can serve; the others were."""
AT_A_SIZE = PEOPLE // len(SIZES)
SLICE = 100_000
_REVISION = (
    "INSERT OR IGNORE INTO revision (sha, exercise_id, definition, kept_at)"
    " VALUES ('bench', 'bench', '{}', '2026-01-01 00:00:00.000000')"
)
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {0} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {1})"
ID = "printf('%032x', i)"
AT = "strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '+1 day', '+' || (i % 86400) || ' seconds')"
_ROWS = (
    (
        "participant (id, telegram_key, sealed_address, language, zone, reachable, standing,"
        f" created_at) {{numbers}} SELECT {ID}, randomblob(32), randomblob(40), 'en', 'UTC', 1,"
        f" CASE WHEN i < {PRESENT} THEN 'member' ELSE 'discharged' END, {AT} FROM n"
    ),
    (
        "person_key (participant_id, wrapped, master_version)"
        f" {{numbers}} SELECT {ID}, randomblob(60), 1 FROM n"
    ),
    (
        "member (participant_id, group_id, code_failures, checkins, joined_at, discharged_at)"
        f" {{numbers}} SELECT {ID}, (SELECT id FROM care_group), 0, '08:00,20:00', {AT},"
        f" CASE WHEN i < {PRESENT} THEN NULL ELSE {AT} END"
        " FROM n"
    ),
    (
        f"due (id, participant_id, kind, at, key) {{numbers}} SELECT {ID}, {ID}, 'checkin',"
        f" {AT}, 'schedule.' || i FROM n"
    ),
    (
        "due (id, participant_id, kind, at, key) {numbers} SELECT printf('f%031x', i),"
        f" {ID}, 'follow', {AT}, 'follow.' || {ID} FROM n"
    ),
    (
        "run (id, participant_id, exercise_id, revision, status, cursor, turn, sealed_state,"
        f" started_at, updated_at, finished_at) {{numbers}} SELECT {ID}, {ID}, 'bench',"
        f" 'bench', 'finished', 'done', 9, randomblob(300), {AT}, {AT}, {AT}"
        " FROM n"
    ),
)
"""What a participant who is not here today leaves in the tables: a place, a key, moments to come,
a run gone through."""


def bench() -> str:
    """A line for each size; the last column but one is the memory of the process."""
    lines = [
        f"{AT_A_SIZE} write in turn; of all registered {PRESENT:,} at most are members now:",
        HEAD,
    ]
    with TemporaryDirectory(prefix="between-bench-") as folder:
        runs = list(_runs(Path(folder)))
    lines += [row(run) for run in runs]
    first, last = runs[0], runs[-1]
    lines.append(
        f"from {SIZES[0]:,} to {SIZES[-1]:,}: CPU {last.each / first.each:.2f}x,"
        f" memory {last.memory - first.memory:+.0f} MB"
    )
    return "\n".join(lines)


def _runs(folder: Path) -> Iterator[Figures]:
    settings = house(folder, "", crowd())
    database = settings.data_dir / "between.db"
    have = PEOPLE
    for number, size in enumerate(SIZES):
        # Others each time: those before are in the middle of something.
        people = crowd()[number * AT_A_SIZE : (number + 1) * AT_A_SIZE]
        _register(database, have, size)
        have = size
        megabytes = database.stat().st_size / 1e6
        name = f"{size:,} registered, {megabytes:,.0f} MB"
        yield asyncio.run(_measured(settings, people, name, Load()))


async def _measured(settings: Settings, people: range, name: str, load: Load) -> Figures:
    telegram = Loopback()
    await telegram.start()
    bot = await between(settings.model_copy(update={"telegram_api_url": telegram.url}))
    try:
        await begun(telegram, bot)
        who = Crowd(telegram, people)
        figures = await measure(name, bot, who, load)
        check(who)
    finally:
        await bot.end()
        await telegram.stop()
    return figures


def _register(database: Path, have: int, size: int) -> None:
    """Rows for so many more people, written while the bot is down."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(_REVISION)
    for start in range(have, size, SLICE):
        connection.execute("BEGIN IMMEDIATE")
        for each in _ROWS:
            numbers = NUMBERS.format(start, min(size, start + SLICE))
            connection.execute("INSERT INTO " + each.format(numbers=numbers))
        connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
