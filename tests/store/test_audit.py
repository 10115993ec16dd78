"""The audit trail: it grows, nobody can change it, and who changes it all the same is found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.store import audit
from bot.store.worker import Database

RIVERA, MAYA = UUID(int=1), UUID(int=2)


def _viewed(session: Session, now: datetime, reason: str = "words") -> None:
    audit.write(session, actor=RIVERA, subject=MAYA, action="alert.viewed", reason=reason, now=now)


def test_what_was_done_about_somebody_is_found_newest_first(
    database: Database, now: datetime
) -> None:
    """With who did it, when and why; of others nothing."""
    database.call(lambda session: _viewed(session, now))
    database.call(lambda session: _viewed(session, now, "request"))
    entries = database.call(lambda session: audit.of_subject(session, MAYA, 10))
    assert [(each.at, each.actor, each.reason) for each in entries] == [
        (now, RIVERA, "request"),
        (now, RIVERA, "words"),
    ]
    assert database.call(lambda session: audit.of_subject(session, RIVERA, 10)) == []
    assert database.call(audit.verify) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET reason = 'nothing'",
        "DELETE FROM audit",
    ],
)
def test_the_database_refuses_changes(database: Database, now: datetime, change: str) -> None:
    """Neither a bug of ours nor a careless hand can change what is on record."""
    database.call(lambda session: _viewed(session, now))
    with pytest.raises(DBAPIError, match="append-only"):
        database.call(lambda session: session.connection().execute(text(change)))
    assert len(database.call(lambda session: audit.of_subject(session, MAYA))) == 1


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE audit SET reason = 'nothing' WHERE seq = 2", 2),
        ("UPDATE audit SET actor = NULL WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
    ],
)
def test_tampering_is_found(database: Database, now: datetime, change: str, broken: int) -> None:
    """Somebody who drops the triggers first is found by the hashes."""
    for _ in range(3):
        database.call(lambda session: _viewed(session, now))
    database.call(partial(_without_triggers, change=change))
    assert database.call(audit.verify) == broken


def _without_triggers(session: Session, change: str) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        drops = ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
    else:
        drops = ["DROP TRIGGER audit_append_only ON audit"]
    for statement in (*drops, change):
        connection.execute(text(statement))


def test_a_hash_kept_elsewhere_shows_that_the_end_was_cut_off(
    database: Database, now: datetime
) -> None:
    """The rest is whole, and goes on as if nothing had been; the row that was noted is another."""
    for each in ("words", "tap", "request"):
        database.call(partial(_viewed, now=now, reason=each))
    noted = database.call(audit.last)
    assert noted is not None
    assert database.call(lambda session: audit.is_still_there(session, *noted))
    database.call(partial(_without_triggers, change="DELETE FROM audit WHERE seq >= 2"))
    assert not database.call(lambda session: audit.is_still_there(session, *noted))
    for each in ("answer", "answer"):
        database.call(partial(_viewed, now=now, reason=each))
    assert database.call(audit.verify) is None
    assert not database.call(lambda session: audit.is_still_there(session, *noted))


def test_several_processes_write_one_chain(
    open_database: Callable[..., Database], now: datetime
) -> None:
    """Numbers have no gap and no twin, whoever writes at the same time."""
    databases = [open_database() for _ in range(3)]

    def write(number: int) -> None:
        databases[number % 3].call(lambda session: _viewed(session, now, f"{number}"))

    with ThreadPoolExecutor(6) as several:
        list(several.map(write, range(60)))
    entries = databases[0].call(lambda session: audit.of_subject(session, MAYA, 100))
    assert sorted(int(each.reason) for each in entries) == list(range(60))
    assert databases[0].call(audit.verify) is None


def test_what_is_rolled_back_is_not_on_record(database: Database, now: datetime) -> None:
    """The line stands and falls with the transaction that shows the content."""

    def fails(session: Session) -> None:
        _viewed(session, now)
        raise ValueError("after all not")

    with pytest.raises(ValueError, match="after all not"):
        database.call(fails)
    assert database.call(audit.last) is None
