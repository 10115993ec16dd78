"""`between run`: the bot itself, until it is asked to stop."""

import asyncio

from bot.cli.building import building
from bot.config import Settings
from bot.wiring import House, listen, until_told


def run() -> None:
    """Run the bot (long polling). Ctrl-C or SIGTERM ends it; nothing is lost either way."""
    settings = Settings()
    listen(settings)
    asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    with building():
        house = House(settings)
    await until_told(house.run)
