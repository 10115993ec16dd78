"""The whole house on a playground: real HTTP, a real database, the real poll loop and sender."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import structlog
from aiogram import methods
from aiogram.methods import Response
from aiogram.types import Update
from pydantic import SecretStr, TypeAdapter

from bot.config import Settings
from bot.playground import Person, Playground
from bot.store.master_key import create_master_key
from bot.wiring import Clock, House
from tests.cast import CAST, LEO, MAYA, RIVERA, ZONE, take_part, until_ten
from tests.engines import Engines
from tests.journeys.phone import Phone

TOKEN = "42:PLAYGROUND"
FILES = {"photo", "document"}


class Conformity:
    """Holds every call and every answer against Bot API models written by other people."""

    def __init__(self) -> None:
        self.seen = 0

    def call(self, method: str, params: dict[str, Any], answer: dict[str, Any]) -> None:
        """One call of the bot and the emulator's answer to it."""
        name = method[0].upper() + method[1:]
        model = getattr(methods, name)
        if not any(isinstance(value, bytes) for value in params.values()):
            model.model_validate(
                {key: value for key, value in params.items() if key not in FILES}
                | dict.fromkeys(FILES & params.keys(), "file")
            )
        if answer.get("ok"):
            returned: Any = model.__returning__
            TypeAdapter(Response[returned]).validate_python(answer)
        self.seen += 1

    def update(self, update: dict[str, Any]) -> None:
        """One update as the bot got it."""
        Update.model_validate(update)
        self.seen += 1


class Stage:
    """One playground and the bot on it; the bot can leave and come back."""

    def __init__(self, playground: Playground, settings: Settings, http: aiohttp.ClientSession):
        self.playground = playground
        self.settings = settings
        self.http = http
        self.maya, self.leo, self.rivera = (Phone(http, who) for who in (MAYA, LEO, RIVERA))
        self._stopped: asyncio.Event | None = None
        self._running: asyncio.Task[None] | None = None
        self.house: House | None = None
        self.called: list[str] = []
        playground.on_call(lambda method, *_: self.called.append(method))

    async def raise_curtain(self) -> None:
        """Starts the bot."""
        self.house = House(self.settings, Clock(lambda: self.playground.offset))
        self._stopped = asyncio.Event()
        self._running = asyncio.ensure_future(self.house.run(self._stopped))

    async def drop_curtain(self) -> None:
        """Stops the bot; what it knows must be in the database."""
        if self._running is not None and self._stopped is not None:
            self._stopped.set()
            await self._running
        self._running = None

    async def until_noon(self) -> None:
        """Goes on to twelve o'clock of the next day in Madrid, when nothing is quiet."""
        now = datetime.now(UTC) + self.playground.offset  # noqa: TID251 # what the laptop shows
        local = now.astimezone(ZoneInfo(ZONE))
        noon = local.replace(hour=12, minute=0) + timedelta(days=1)
        await self.pass_time(noon.astimezone(UTC) - now)

    async def pass_time(self, by: timedelta) -> None:
        """Moves the clock of everything."""
        async with self.http.post(
            "/api/clock", json={"advance_seconds": by.total_seconds()}
        ) as answer:
            answer.raise_for_status()
        if self.house is not None:
            self.house.heartbeat.look()
            self.house.wake()  # what was put off goes out by the new time, too

    async def fault(self, **fault: object) -> None:
        """Makes the Bot API misbehave."""
        async with self.http.post("/api/faults", json=fault) as answer:
            assert answer.status < 300, await answer.text()


def settings_on(
    playground: Playground, database_url: str, folder: Path, web_port: int | None = None
) -> Settings:
    """What a house on this playground is told, with keys and data of its own in the folder."""
    key = folder / "keys" / "master.key"
    key.parent.mkdir(mode=0o700)
    create_master_key(key)
    return Settings(
        bot_token=SecretStr(TOKEN),
        telegram_api_url=playground.url,
        database_url=database_url,
        data_dir=folder,
        master_key_file=key,
        zone=ZONE,
        sends_per_second=0,
        web_port=web_port,
    )


@pytest.fixture
async def stage(
    database_url: str,
    tmp_path: Path,
    conformity: Conformity,
    engines: Engines,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Stage]:
    """Maya's phone in English, Leo's in Spanish, and the bot running."""
    cast = [
        Person(id=MAYA, first_name="Maya", language_code="en", username=None),
        Person(id=LEO, first_name="Leo", language_code="es", username=None),
        Person(id=RIVERA, first_name="Dr Rivera", language_code="en", username=None),
    ]
    playground = Playground(people=cast, token=TOKEN)
    faults: list[Exception] = []
    playground.on_call(_gather(conformity.call, faults))
    playground.on_update(_gather(conformity.update, faults))
    await playground.start()
    settings = settings_on(playground, database_url, tmp_path)
    # Only where a test asks for them do check-ins come by themselves and stand before the rest.
    checkins = getattr(request.module, "CHECKINS", ())
    people = [replace(known, checkins=checkins) for known in CAST]
    playground.advance(until_ten(playground.now()))
    take_part(settings, people, engines.lend(database_url, 0), playground.now())
    async with aiohttp.ClientSession(base_url=playground.url) as http:
        stage = Stage(playground, settings, http)
        await stage.raise_curtain()
        yield stage
        await stage.drop_curtain()
    await playground.stop()
    assert faults == []
    assert conformity.seen > 0


@pytest.fixture
def conformity() -> Conformity:
    """The watcher of the Bot API's shapes."""
    return Conformity()


def _gather(check: Callable[..., None], faults: list[Exception]) -> Callable[..., None]:
    def observe(*what: Any) -> None:
        try:
            check(*what)
        except Exception as fault:  # noqa: BLE001 # shown by the fixture when the test ends
            faults.append(fault)

    return observe


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """What `listen` sets up for a process is taken down again."""
    root = logging.getLogger()
    handlers, level, config = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**config)
