"""The web of a house: held at a port from the start, served once everything is there.

FastAPI is imported only where there are pages: half a second that most starts need not wait for.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.config import TELEGRAM, Settings
from bot.errors import BetweenError
from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.wiring.clock import Clock

if TYPE_CHECKING:
    from bot.web.pages import Links
    from bot.web.serve import Web


def open_web(settings: Settings) -> "Web | None":
    """Takes the port; None where no pages are set up."""
    if settings.second_factor == "off" and settings.telegram_api_url == TELEGRAM:
        raise BetweenError("SECOND_FACTOR=off is for the demo alone. Set it to: required")
    if settings.web_port is None:
        return None
    from bot.web.serve import Web

    return Web(settings.web_host, settings.web_port)


def address_of(settings: Settings, web: "Web | None") -> str | None:
    """Where people find the pages; None where there are none."""
    return None if web is None else settings.web_address or web.address


async def serve(
    web: "Web",
    address: str,
    database: Database,
    kit: Kit,
    links: "Links",
    clock: Clock,
    wake: Callable[[], None],
) -> None:
    """Serves until cancelled."""
    from bot.web.app import make_app
    from bot.web.office.desk import Desk

    desk = Desk(database, kit, clock=clock, steady=clock.steady, address=address, wake=wake)
    await web.run(make_app(desk, links))
