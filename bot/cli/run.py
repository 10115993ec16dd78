"""`between run`: the bot itself, until it is asked to stop."""

import asyncio
from typing import Annotated

import structlog
import typer

from bot.building import building
from bot.config import Settings
from bot.wiring import House, Roles, listen, roles_of, until_told

_log = structlog.get_logger(__name__)

Asked = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        help="What this process does, on PostgreSQL: all, poll, web, worker, clock or sender;"
        " several with commas or by asking again. Left out: all.",
    ),
]


def run(role: Asked = None) -> None:
    """Run the bot. Ctrl-C or SIGTERM ends it; nothing is lost either way."""
    roles = roles_of(role or ())
    settings = Settings()
    listen(settings)
    asyncio.run(_run(settings, roles))


async def _run(settings: Settings, roles: Roles) -> None:
    with building():
        house = House(settings, roles=roles)
    _log.info("running", roles=str(roles))
    await until_told(house.run)
