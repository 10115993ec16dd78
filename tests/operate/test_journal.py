"""SQLite's journal is emptied of what was erased; nobody waits for whoever is in the way."""

import re
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.store.database import migrate, open_engine
from bot.store.erasure import empty_log
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.wiring.forgetting import Forgetting


@pytest.mark.parametrize("held", [True, False])
def test_a_reader_that_stays_does_not_hold_up_the_clock(tmp_path: Path, held: bool) -> None:
    """Litestream reads for as long as it runs, and the clock asks at every beat: at ten seconds
    each, whatever is due would come so much later."""
    url = f"sqlite:///{tmp_path / 'between.db'}"
    migrate(url)
    engine, reader, asked = open_engine(url), open_engine(url), list[str]()
    with closing(reader.raw_connection()) as reading:
        if held:
            reading.cursor().execute("BEGIN")
            reading.cursor().execute("SELECT count(*) FROM participant").fetchone()
        with engine.begin() as writing:
            writing.execute(text("CREATE TABLE more (what TEXT)"))
        event.listen(engine, "checkout", lambda raw, *_: raw.set_trace_callback(asked.append))
        assert empty_log(engine) is not held
        reading.rollback()
    waits = [int(each) for line in asked for each in re.findall(r"busy_timeout=(\d+)", line)]
    assert waits[0] < 1_000 <= waits[-1]  # a moment for this, as before for everything else
    assert empty_log(engine)
    assert not (tmp_path / "between.db-wal").stat().st_size
    engine.dispose()
    reader.dispose()


@contextmanager
def _no_room_beyond(size: int) -> Iterator[None]:
    """No file of this process may grow beyond that, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_journal_for_later(tmp_path: Path, vault: Vault) -> None:
    """The clock asks at its first beat and after each erasure; it raised there, and the bot
    ended. The connection waits for others as long as before."""
    url, file = f"sqlite:///{tmp_path / 'between.db'}", tmp_path / "between.db"
    migrate(url)
    engine = open_engine(url)
    forgetting = Forgetting(Database(engine), engine, vault, tmp_path / "tombstones")
    assert forgetting.settle()
    with engine.begin() as writing:
        writing.execute(text("CREATE TABLE more (what BLOB)"))
        writing.execute(text("INSERT INTO more VALUES (zeroblob(200000))"))
    with _no_room_beyond(file.stat().st_size):
        assert not forgetting.settle()
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() > 1_000
    assert forgetting.settle()
    assert not (tmp_path / "between.db-wal").stat().st_size
    engine.dispose()
