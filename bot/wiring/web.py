"""The web of a house: held at a port from the start, served once everything is there.

FastAPI is imported only where there are pages: half a second that most starts need not wait for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config import TELEGRAM, Settings
from bot.errors import BetweenError
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.wiring.clock import Clock

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from bot.web.hook import Bury, Offer
    from bot.web.pages import Links
    from bot.web.serve import Web

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


def open_web(settings: Settings) -> "Web | None":
    """Takes the port; None where no pages are set up."""
    if settings.second_factor == "off" and settings.telegram_api_url == TELEGRAM:
        raise BetweenError("SECOND_FACTOR=off is for the demo alone. Set it to: required")
    if settings.web_port is None:
        return None
    from bot.web.serve import Web

    return Web(settings.web_host, settings.web_port)


def address_of(settings: Settings, web: "Web | None") -> str | None:
    """Where people find the pages, served here or by another process; None where there are none."""
    if web is None:
        return settings.web_address or None
    return settings.web_address or web.address


@dataclass(frozen=True, slots=True)
class Place:
    """Where Telegram brings updates, below the address of the webhook, and how it shows that it
    is Telegram. Both are the same in all processes, and only whoever has our keys knows them."""

    path: str
    secret: str


@dataclass(frozen=True, slots=True)
class Way:
    """A webhook that is served: where, with which secret, and what is done with what comes."""

    place: Place
    offer: "Offer"
    bury: "Bury"


def refuse_unfit_webhook(settings: Settings) -> None:
    """BetweenError in plain words when what is set cannot be a webhook."""
    url, own = settings.webhook_url, settings.webhook_secret.get_secret_value()
    if url and settings.telegram_api_url == TELEGRAM and not url.startswith("https://"):
        raise BetweenError("WEBHOOK_URL must begin with https:// because Telegram asks for it.")
    if url and settings.web_port is None:
        raise BetweenError("WEBHOOK_URL needs a port to listen at: set WEB_PORT as well.")
    if own and not _SECRET.fullmatch(own):
        raise BetweenError("WEBHOOK_SECRET must be 16 to 256 letters, digits, _ and - .")


def place_of(settings: Settings, vault: Vault) -> Place:
    """Raises BetweenError in plain words when what is set cannot be a webhook."""
    refuse_unfit_webhook(settings)
    own = settings.webhook_secret.get_secret_value()
    token = settings.bot_token.get_secret_value()
    path = f"/telegram/{vault.lookup('webhook path', token).hex()[:32]}"
    return Place(path, own or vault.lookup("webhook secret", token).hex())


async def serve(
    web: "Web",
    address: str,
    database: Database,
    kit: Kit,
    links: "Links",
    clock: Clock,
    wake: Callable[[], None],
    way: Way | None = None,
) -> None:
    """Serves until cancelled."""
    from bot.web.app import make_app
    from bot.web.hook import Hook
    from bot.web.office.desk import Desk

    desk = Desk(database, kit, clock=clock, steady=clock.steady, address=address, wake=wake)
    app: ASGIApp = make_app(desk, links)
    if way is not None:
        where = way.place
        app = Hook(app, path=where.path, secret=where.secret, offer=way.offer, bury=way.bury)
    await web.run(app)
