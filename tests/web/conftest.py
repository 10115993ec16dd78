"""The private pages in a house at work, with Maya and Leo in a real database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import Session

from bot.config import Settings
from bot.playground import Person, Playground
from bot.store import page_links, people
from bot.store.master_key import create_master_key
from bot.wiring import House
from tests.cast import MAYA, take_part
from tests.journeys.conftest import TOKEN, Stage
from tests.web.office import Browser, Office, open_office


class Rooms:
    """A house with private pages."""

    def __init__(self, house: House) -> None:
        self.house = house

    @property
    def address(self) -> str:
        """Where the pages are."""
        assert self.house.web is not None
        return self.house.web.address

    async def link(self, telegram_id: int, purpose: str = "export") -> str:
        """The address of a fresh page for somebody."""
        token = await self.house.database.run(
            partial(self._made, telegram_id=telegram_id, purpose=purpose)
        )
        return f"{self.address}/p/{token}"

    def _made(self, session: Session, telegram_id: int, purpose: str) -> str:
        person = people.find(session, self.house.kit.vault, telegram_id)
        assert person is not None
        return page_links.make(session, person.id, purpose, self.house.clock())


@pytest.fixture
async def rooms(database_url: str, tmp_path: Path) -> AsyncIterator[Rooms]:
    """The whole house, so that the page is served as it is in use."""
    playground = Playground(people=[Person(id=MAYA, first_name="Maya")], token=TOKEN)
    await playground.start()
    key = tmp_path / "keys" / "master.key"
    key.parent.mkdir(mode=0o700)
    create_master_key(key)
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        telegram_api_url=playground.url,
        database_url=database_url,
        data_dir=tmp_path,
        master_key_file=key,
        zone="Europe/Madrid",
        sends_per_second=0,
        web_port=0,
    )
    take_part(settings)
    async with aiohttp.ClientSession(base_url=playground.url) as http:
        stage = Stage(playground, settings, http)
        await stage.raise_curtain()
        assert stage.house is not None
        yield Rooms(stage.house)
        await stage.drop_curtain()
    await playground.stop()


@pytest.fixture
async def office(database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """The therapists' pages over a real database, without a chat; see `tests.web.office`."""
    key = tmp_path / "keys" / "master.key"
    key.parent.mkdir(mode=0o700)
    create_master_key(key)
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        database_url=database_url,
        data_dir=tmp_path,
        master_key_file=key,
        zone="Europe/Madrid",
    )
    office = open_office(settings)
    serving = asyncio.ensure_future(office.web.run(office.app))
    yield office
    for each in office.browsers:
        await each.close()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    office.database.stop()
    office.database.engine.dispose()


@pytest.fixture
def signed_in(office: Office) -> Callable[[int], Awaitable[Browser]]:
    """`await signed_in(RIVERA)`: a browser in which this member of staff is signed in already."""
    return office.signed_in
