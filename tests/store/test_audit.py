"""The audit trail only grows, and a changed row breaks the chain behind it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from bot.store import audit, tables
from bot.store.worker import Database

WHO = UUID(int=1)


def _chain(session: Session) -> list[Any]:
    query = select(tables.audit).order_by(tables.audit.c.seq)
    return list(session.connection().execute(query).all())


def test_each_row_covers_the_one_before(
    open_database: Callable[..., Database], now: datetime
) -> None:
    """Two processes that write at once make one chain without a gap or a fork."""

    def write(session: Session) -> None:
        audit.write(session, actor=WHO, subject=None, action="opened", reason="care", now=now)

    def ten(database: Database) -> None:
        for _ in range(10):
            database.call(write)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ten, (open_database(), open_database())))
    rows = open_database().call(_chain)
    assert [row.seq for row in rows] == list(range(1, 21))
    before = audit.START
    for row in rows:
        parts = (row.seq, row.at, row.actor, row.subject, row.action, row.reason)
        assert bytes(row.hash) == audit.row_hash(before, *parts)
        before = bytes(row.hash)


@pytest.mark.parametrize("change", [update(tables.audit).values(action="x"), delete(tables.audit)])
def test_it_only_grows(database: Database, now: datetime, change: Any) -> None:
    """The database itself refuses to change or remove a row."""
    database.call(lambda s: audit.write(s, actor=WHO, subject=WHO, action="a", reason="r", now=now))
    with pytest.raises(DatabaseError):
        database.call(lambda s: s.connection().execute(change))
    assert [row.action for row in database.call(_chain)] == ["a"]
