"""The whole house with its pages on a playground: phones on one side, browsers on the other."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.playground import Person, Playground
from bot.usecases.set_up import Known
from bot.wiring import House
from tests.cast import CAST, RIVERA, take_part, until_ten
from tests.journeys.conftest import TOKEN, Stage, settings_on
from tests.web.office import Browser, signed_in


@asynccontextmanager
async def with_pages(
    database_url: str, folder: Path, phones: Iterable[Person], cast: Iterable[Known] = CAST
) -> AsyncIterator[Stage]:
    """A stage whose house serves its pages; `cast` take part in the group from the start."""
    playground = Playground(people=tuple(phones), token=TOKEN)
    await playground.start()
    settings = settings_on(playground, database_url, folder, web_port=0)
    playground.advance(until_ten(playground.now()))
    take_part(settings, cast, now=playground.now())
    async with aiohttp.ClientSession(base_url=playground.url) as http:
        stage = Stage(playground, settings, http)
        await stage.raise_curtain()
        yield stage
        await stage.drop_curtain()
    await playground.stop()


async def at_the_pages(house: House | None, telegram_id: int = RIVERA) -> Browser:
    """A browser in which this member of staff is signed in."""
    assert house is not None
    assert house.web is not None
    where = (house.database, house.kit.vault, house.web.address)
    return await signed_in(*where, telegram_id, house.clock())
