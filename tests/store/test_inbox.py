"""Updates wait for a worker: sealed, each person's in order, each handed out once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import inbox, tables
from bot.store.inbox import Head
from bot.store.vault import MasterKey, SealBroken, Vault
from bot.store.worker import Database

MAYA, LEO = 7, 8


def said(number: int, who: int, text: str = "hello") -> dict[str, Any]:
    """An update as Telegram brings it."""
    return {"update_id": number, "message": {"text": text, "from": {"id": who}}}


@pytest.fixture
def put(database: Database, vault: Vault, now: datetime) -> Callable[..., None]:
    """Puts updates into the inbox."""
    database.call(partial(inbox.prepare, vault=vault))
    return lambda *batch: database.call(lambda s: inbox.put(s, vault, 42, batch, now))


def heads(database: Database, now: datetime) -> list[Head]:
    """What may be claimed."""
    return database.call(partial(inbox.look, bot_id=42, now=now, limit=64))


def take(database: Database, vault: Vault, head: Head) -> dict[str, Any] | None:
    """Claims one."""
    return database.call(partial(inbox.take, vault=vault, head=head))


def test_each_person_in_order_each_once(
    database: Database, vault: Vault, put: Callable[..., None], now: datetime
) -> None:
    """Only the oldest of a person can be had, by one taker; what comes twice is there once."""
    put(said(1, MAYA, "one"), said(2, LEO), said(3, MAYA, "two"))
    put(said(3, MAYA, "two"), said(4, MAYA, "three"))
    first, other = heads(database, now)
    assert (first.update_id, other.update_id) == (1, 2)
    later = Head(42, 3, first.lane, "message", 0)
    assert take(database, vault, later) is None
    assert take(database, vault, first) == said(1, MAYA, "one")
    assert take(database, vault, first) is None
    assert [head.update_id for head in heads(database, now)] == [2, 3]
    assert take(database, vault, later) == said(3, MAYA, "two")
    assert database.call(partial(inbox.waiting, bot_id=42)) == (2, now)


def test_a_receiver_whose_clock_runs_ahead_makes_nobody_wait(
    database: Database, vault: Vault, put: Callable[..., None], now: datetime
) -> None:
    """It runs on another machine: its minutes would be added to every answer."""
    put(said(1, MAYA))
    (head,) = heads(database, now - timedelta(minutes=5))
    assert take(database, vault, head) == said(1, MAYA)


def test_what_failed_holds_up_its_own_lane_alone(
    database: Database, vault: Vault, put: Callable[..., None], now: datetime
) -> None:
    """Until its next try nothing later of the same person is handed out."""
    put(said(1, MAYA), said(2, MAYA), said(3, LEO))
    first = heads(database, now)[0]
    again = now + timedelta(seconds=5)
    database.call(partial(inbox.later, head=first, at=again))
    assert [head.update_id for head in heads(database, now)] == [3]
    assert [(head.update_id, head.attempts) for head in heads(database, again)] == [(1, 1), (3, 0)]
    assert database.call(partial(inbox.drop, head=first))
    assert [head.update_id for head in heads(database, now)] == [2, 3]


def test_nothing_readable_is_kept(
    database: Database, put: Callable[..., None], now: datetime
) -> None:
    """Neither words nor ids of people stand in the table; the key must be the one it was made
    with."""
    put(said(1, 700_000_001, "a secret"), {"update_id": 2, "poll": {}}, {"update_id": 3})
    rows = database.call(lambda s: s.connection().execute(select(tables.inbox)).all())
    assert b"secret" not in repr(rows).encode()
    assert "700000001" not in repr(rows)
    assert [row.kind for row in rows] == ["message", "poll", "other"]
    other = Vault(MasterKey(bytes(32)))
    with pytest.raises(SealBroken, match="master key does not fit"):
        database.call(partial(inbox.prepare, vault=other))
    assert len({row.lane for row in rows}) == 3
