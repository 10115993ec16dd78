"""People and runs to begin a story with."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.engine.run import Run
from bot.store import people, runs, tables
from bot.store.people import Participant
from bot.store.runs import StoredRun
from bot.store.vault import Vault
from bot.store.worker import Database

_REVISION = "ab" * 32


@pytest.fixture
def now() -> datetime:
    """Nine o'clock on a Monday in March."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def meet(database: Database, vault: Vault, now: datetime) -> Callable[[], Participant]:
    """Welcomes one more person."""
    ids = itertools.count(700_000_001)
    return lambda: database.call(
        lambda session: people.welcome(session, vault, next(ids), "en", "Europe/Madrid", now)
    )


@pytest.fixture
def revision(database: Database, now: datetime) -> str:
    """A kept revision to begin runs with."""
    row = {"sha": _REVISION, "exercise_id": "cbt.thought7", "definition": "{}", "kept_at": now}
    database.call(lambda session: session.connection().execute(insert(tables.revision), row))
    return _REVISION


@pytest.fixture
def begin(
    database: Database, vault: Vault, revision: str, now: datetime
) -> Callable[[Participant], StoredRun]:
    """Begins a run for somebody."""
    run = Run(exercise="cbt.thought7", cursor="situation", turn=1, asked_at=now)
    return lambda person: database.call(
        lambda session: runs.begin_run(session, vault, person.id, revision, run, now)
    )
