"""Opening a database: nothing is lost between writers, nobody else gets in, nothing is logged."""

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.errors import BetweenError
from bot.store import people
from bot.store.database import DataLock, open_engine
from bot.store.tables import ParticipantRow
from bot.store.vault import MasterKey, Vault
from bot.store.worker import Database

COUNTER = """
import sys, threading
from bot.store import people
from bot.store.database import open_engine
from bot.store.vault import MasterKey, Vault
from bot.store.worker import Database

vault = Vault(MasterKey(bytes(range(32))))

def add_one(session):
    person = people.find(session, vault, 7)
    people.set_zone(session, person.id, str(int(person.zone) + 1))

def many():
    database = Database(open_engine(sys.argv[1]))
    for _ in range(25):
        database.call(add_one)
    database.engine.dispose()

threads = [threading.Thread(target=many) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""

HOLDER = """
import sys, time
from pathlib import Path
from bot.store.database import DataLock

with DataLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_no_update_is_lost(
    database: Database, database_url: str, vault: Vault, now: datetime
) -> None:
    """Two processes of two threads read, add one and write 100 times: the count is 100."""
    database.call(lambda session: people.welcome(session, vault, 7, "en", "0", now))
    command = [sys.executable, "-c", COUNTER, database_url]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    found = database.call(lambda session: people.find(session, vault, 7))
    assert found is not None
    assert found.zone == "100"


def test_second_process_refused(tmp_path: Path) -> None:
    """A data folder in use is refused in plain words, and free again after kill -9."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BetweenError, match=f"process {holder.pid}.*Stop it first"):
            DataLock(tmp_path).acquire()
        holder.kill()
    with DataLock(tmp_path):
        pass


def test_sqlite_is_durable(tmp_path: Path) -> None:
    """Every SQLite connection keeps the promises we make about saved answers."""
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'between.db'}")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    with engine.connect() as connection:
        kept = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
    engine.dispose()
    assert kept == ["wal", 2, 1, 10_000, 1]


def test_sqlite_is_private(tmp_path: Path) -> None:
    """The file, its journal and its folder belong to the owner alone."""
    file = tmp_path / "new" / "between.db"
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE words (word TEXT)"))
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    folder = file.parent.stat().st_mode & 0o777
    engine.dispose()
    assert folder == 0o700
    assert modes == dict.fromkeys(("between.db", "between.db-wal", "between.db-shm"), 0o600)


def test_other_databases_refused() -> None:
    """Another kind of database is refused in plain words."""
    with pytest.raises(BetweenError, match="SQLite or PostgreSQL, not in mysql"):
        open_engine("mysql://localhost/between")


def test_no_parameter_is_logged(
    open_database: Callable[..., Database], now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the log of statements nor an error shows a value that was written."""
    caplog.set_level(logging.DEBUG, "sqlalchemy.engine")
    database = open_database()
    vault = Vault(MasterKey(bytes(range(32))))
    person = database.call(lambda session: people.welcome(session, vault, 7, "en", "UTC", now))

    def same_id_again(session: Session) -> None:
        session.add(
            ParticipantRow(
                id=person.id,
                telegram_key=b"key",
                sealed_address=b"address",
                language="whispered",
                created_at=now,
            )
        )
        session.flush()

    with pytest.raises(IntegrityError) as caught:
        database.call(same_id_again)
    assert "INSERT INTO participant" in caplog.text
    assert "whispered" not in caplog.text + str(caught.value) + repr(caught.value)
