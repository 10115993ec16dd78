"""Workers share what one process received: everything once, each person's updates in order."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.store import inbox, tables
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram.acks import Acks
from bot.telegram.app import Api
from bot.telegram.handling import Handling, Health
from bot.telegram.inbox import Inbox
from bot.telegram.working import Working
from tests.telegram.test_poll import BEN, MAYA, Desk, buried

CARLA = 1003


@pytest.fixture
def database_kind() -> str:
    """Only PostgreSQL has several processes, and calls between them."""
    return "postgresql"


class Shop:
    """A receiver and its workers on one database, each worker with threads of its own."""

    def __init__(self, bot: Api, vault: Vault, clock: Any, open_database: Any) -> None:
        self.bot = bot
        self.vault = vault
        self.clock = clock
        self.desk = Desk()
        self.database: Database = open_database(threads=2)
        self._open_database = open_database
        self._number = 0
        self.inbox = Inbox(
            self.database, vault, bot_id=42, clock=clock, health=Health(), patience=0.02
        )
        self.database.call(partial(inbox.prepare, vault=vault))

    def worker(self, **more: Any) -> tuple[Working, Handling]:
        """One more."""
        database = self._open_database(threads=2)
        handling = Handling(
            database,
            self.desk.receive,
            Acks(self.bot),
            bot_id=42,
            clock=self.clock,
            on_wrote=self.desk.wake,
            on_due=self.desk.due.append,
            on_poison=self.desk.on_poison,
        )
        settings: dict[str, Any] = {"tick": 0.05, "pauses": (0.0, 0.0)} | more
        working = Working(database, handling, self.vault, bot_id=42, clock=self.clock, **settings)
        return working, handling

    def said(self, who: int, text: str) -> dict[str, Any]:
        """The next update, as Telegram brings it."""
        self._number += 1
        person = {"id": who, "is_bot": False, "first_name": "A"}
        chat = {"id": who, "type": "private", "first_name": "A"}
        message = {"message_id": self._number, "date": 1, "chat": chat, "from": person}
        return {"update_id": self._number, "message": {**message, "text": text}}

    async def waiting(self) -> int:
        """How many updates wait."""
        return (await self.database.run(partial(inbox.waiting, bot_id=42)))[0]

    async def done(self) -> bool:
        """Whether nothing waits."""
        return not await self.waiting()


@pytest.fixture
def shop(bot: Api, vault: Vault, moment: Any, open_database: Callable[..., Database]) -> Shop:
    """A shop without workers."""
    return Shop(bot, vault, moment, open_database)


async def test_fifty_messages_of_each_over_two_workers(
    shop: Shop, eventually: Any, at_work: Any
) -> None:
    """However the two share it, what each person said is handled in the order they said it."""
    workers = [shop.worker() for _ in range(2)]
    people = (MAYA, BEN, CARLA)
    async with AsyncExitStack() as stack:
        for working, _ in workers:
            await stack.enter_async_context(at_work(working.run()))
        for number in range(50):
            await shop.inbox.take([shop.said(who, str(number)) for who in people])
            for working, _ in workers:
                working.wake()
        await eventually(shop.done, 30)
    for who in people:
        assert [text for by, text in shop.desk.said if by == who] == list(map(str, range(50)))
    assert len(shop.desk.said) == 150


async def test_what_comes_again_counts_once(shop: Shop, eventually: Any, at_work: Any) -> None:
    """Whoever received a batch twice, before it was handled or after, did no harm."""
    batch = [shop.said(MAYA, "once"), shop.said(BEN, "once")]
    await shop.inbox.take(batch)
    await shop.inbox.take(batch)
    assert await shop.waiting() == 2
    async with at_work(shop.worker()[0].run()):
        await eventually(shop.done, 30)
        await shop.inbox.take(batch)
        await eventually(shop.done, 30)
    assert sorted(shop.desk.said) == [(MAYA, "once"), (BEN, "once")]


async def test_poison_is_buried_and_told(shop: Shop, eventually: Any, at_work: Any) -> None:
    """Three tries; meanwhile the others go on, and what the person says next is handled after."""
    tried = []

    def trouble(text: str) -> Exception | None:
        if text != "poison":
            return None
        tried.append(text)
        return ZeroDivisionError("about someone's words")

    shop.desk.trouble = trouble
    working, handling = shop.worker()
    said = (MAYA, "poison"), (BEN, "other"), (MAYA, "later")
    await shop.inbox.take([shop.said(*each) for each in said])
    async with at_work(working.run()):
        await eventually(shop.done, 30)
    assert len(tried) == 3
    assert shop.desk.poisoned == [(MAYA, "poison")]
    assert shop.desk.said == [(BEN, "other"), (MAYA, "later")]
    assert await buried(shop.database) == ["ZeroDivisionError"]
    assert handling.health.buried == 1


async def test_while_the_database_is_away_nothing_is_given_up(
    shop: Shop, eventually: Any, at_work: Any
) -> None:
    """It is tried until it is back, and counts as no try."""
    tries = 0

    def trouble(text: str) -> Exception | None:
        nonlocal tries
        tries += text == "hello"
        return OperationalError("x", {}, Exception("gone")) if 0 < tries < 4 else None

    shop.desk.trouble = trouble
    await shop.inbox.take([shop.said(MAYA, "hello")])
    async with at_work(shop.worker()[0].run()):
        await eventually(shop.done, 30)
    assert shop.desk.said == [(MAYA, "hello")]
    assert await buried(shop.database) == []


async def test_a_broken_seal_in_the_inbox_is_buried(
    shop: Shop, eventually: Any, at_work: Any
) -> None:
    """Somebody changed a row: it is not read, and stops nobody."""
    await shop.inbox.take([shop.said(MAYA, "hello"), shop.said(BEN, "hello")])

    def spoil(session: Session) -> None:
        change = tables.inbox.update().where(tables.inbox.c.update_id == 1)
        session.connection().execute(change.values(sealed_update=b"\1\0\0\0\1" + bytes(40)))

    await shop.database.run(spoil)
    async with at_work(shop.worker()[0].run()):
        await eventually(shop.done, 30)
    assert shop.desk.said == [(BEN, "hello")]
    assert await buried(shop.database) == ["SealBroken"]


async def test_what_is_no_persons_doing_leaves_the_inbox(
    shop: Shop, eventually: Any, at_work: Any
) -> None:
    """What PTB cannot read is buried; what we do not handle is let go."""
    await shop.inbox.take([{"update_id": 1, "message": {"text": 3}}, {"update_id": 2}])
    async with at_work(shop.worker()[0].run()):
        await eventually(shop.done, 30)
    assert shop.desk.said == []
    (error,) = await buried(shop.database)
    assert error.startswith("unreadable")


async def test_what_cannot_be_kept_is_buried(shop: Shop) -> None:
    """One update that no database takes does not keep Telegram from bringing the others."""
    odd = {**shop.said(MAYA, "odd"), "update_id": 2**70}
    await shop.inbox.take([odd, shop.said(BEN, "hello")])
    query = select(tables.inbox.c.update_id)
    kept = await shop.database.run(lambda s: s.connection().execute(query).scalars().all())
    assert kept == [2]
