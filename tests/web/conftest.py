"""The private pages in a house at work, with Maya and Leo in a real database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import Session

from bot.config import Settings
from bot.playground import Person
from bot.store import page_links, people
from bot.store.master_key import create_master_key
from bot.wiring import House
from tests.cast import MAYA
from tests.journeys.conftest import TOKEN
from tests.web.office import Browser, Office, open_office
from tests.web.staged import with_pages


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
    async with with_pages(database_url, tmp_path, [Person(id=MAYA, first_name="Maya")]) as stage:
        assert stage.house is not None
        yield Rooms(stage.house)


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
