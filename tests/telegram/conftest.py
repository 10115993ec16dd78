"""A playground as Telegram, a bot on it, and an outbox to fill."""

import asyncio
import struct
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.messages.message import Message
from bot.playground import Person, Playground
from bot.store import outbox, people, tables
from bot.store.outbox import Kind, Letter
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram.app import Api, make_bot
from bot.telegram.rates import UNLIMITED, Limits, Rates
from bot.telegram.sender import Sender

TOKEN = "42:PLAYGROUND"
MAYA, BEN, CARLA = 1001, 1002, 1003


class Phones:
    """Telegram and what is on the phones."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.calls: list[tuple[str, dict[str, Any]]] = []
        playground.on_call(lambda method, params, _: self.calls.append((method, dict(params))))

    @property
    def url(self) -> str:
        """Where the Bot API is."""
        return self.playground.url

    def texts(self, person: int) -> list[str]:
        """What the bot said to this person, oldest first."""
        return [message["text"] for message in self.shown(person)]

    def shown(self, person: int) -> list[dict[str, Any]]:
        """The bot's messages on this phone."""
        messages = self.playground.chat(person)["messages"]
        return [message for message in messages if message["from"] == "bot"]

    def called(self, method: str) -> list[dict[str, Any]]:
        """The parameters of all calls of a method."""
        return [params for name, params in self.calls if name == method]


@pytest.fixture
async def phones() -> AsyncIterator[Phones]:
    """Three people who have pressed Start."""
    people_here = [Person(MAYA, "Maya"), Person(BEN, "Ben"), Person(CARLA, "Carla")]
    playground = Playground(people_here, TOKEN)
    await playground.start()
    for person in (MAYA, BEN, CARLA):
        playground.say(person, "/start")
    yield Phones(playground)
    await playground.stop()


@pytest.fixture
async def bot(phones: Phones) -> AsyncIterator[Api]:
    """A bot on the playground."""
    api = make_bot(TOKEN, phones.url)
    yield api
    await api.shut()


def utc_now() -> datetime:
    """The present moment; tests may look at the clock."""
    return datetime.fromtimestamp(time.monotonic() + EPOCH, UTC)


EPOCH = 1_750_000_000.0


class Office:
    """Queues messages and runs senders."""

    def __init__(self, bot: Api, database: Database, vault: Vault) -> None:
        self.bot = bot
        self.database = database
        self.vault = vault
        self.persons: dict[int, UUID] = {}
        self.clock = utc_now
        self.draw = _draw
        self.build = _build
        self._keys = 0

    async def person(self, telegram_id: int) -> UUID:
        """The participant behind a phone."""
        if telegram_id not in self.persons:
            now = utc_now()
            found = await self.database.run(
                lambda s: people.welcome(s, self.vault, telegram_id, "en", "UTC", now)
            )
            self.persons[telegram_id] = found.id
        return self.persons[telegram_id]

    async def queue(
        self, to: int, text: str | Message, kind: Kind = Kind.REPLY, **more: Any
    ) -> None:
        """Put one message into the outbox."""
        message = text if isinstance(text, Message) else Message(text=text)
        person, now = await self.person(to), utc_now()
        self._keys += 1
        letter = Letter(
            key=f"k{self._keys}",
            person=person,
            kind=kind,
            body=message.model_dump_json(),
            not_before=now,
            **more,
        )
        await self.database.run(lambda s: outbox.enqueue(s, self.vault, letter, now))

    async def rows(self) -> list[Any]:
        """The outbox, oldest first."""
        query = select(tables.outbox).order_by(tables.outbox.c.id)
        return await self.database.run(lambda s: list(s.connection().execute(query).all()))

    async def states(self) -> list[str]:
        """The states of the outbox, oldest first."""
        return [str(row.status) for row in await self.rows()]

    def sender(self, limits: Limits = UNLIMITED, **more: Any) -> Sender:
        """A sender that is not running yet."""
        settings: dict[str, Any] = {
            "owner": "me",
            "clock": utc_now,
            "draw": _draw,
            "build": _build,
        } | more
        return Sender(self.bot, self.database, self.vault, rates=Rates(limits), **settings)

    @asynccontextmanager
    async def sending(self, limits: Limits = UNLIMITED, **more: Any) -> AsyncIterator[Sender]:
        """A sender at work."""
        sender = self.sender(limits, **more)
        async with running(sender.run()):
            yield sender


def png() -> bytes:
    """A small white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff" * 8) * 8)
    parts = chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


async def _build(person: UUID, what: str) -> bytes:
    """A file made for a test."""
    return f"{what} of {person.hex}".encode()


async def _draw(picture: dict[str, Any]) -> bytes:
    return png()


@asynccontextmanager
async def running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Something at work until the block ends."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], Any], seconds: float = 20.0) -> None:
    """Wait until something holds (what a coroutine function gives is awaited); it times nothing."""
    async with asyncio.timeout(seconds):
        while True:
            found = holds()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.01)


@pytest.fixture
def office(bot: Api, database: Database, vault: Vault) -> Office:
    """An outbox on both databases."""
    return Office(bot, database, vault)


@pytest.fixture
def eventually() -> Callable[..., Awaitable[None]]:
    """Wait until something holds."""
    return until


@pytest.fixture
def at_work() -> Callable[[Awaitable[None]], Any]:
    """Keep something running for a block."""
    return running


@pytest.fixture
def moment() -> Callable[[], datetime]:
    """The clock of these tests."""
    return utc_now


@pytest.fixture
def small_picture() -> bytes:
    """A small PNG."""
    return png()
