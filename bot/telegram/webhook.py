"""The other way in: Telegram brings updates to our address. And whose webhook it is that stands.

Ours ends with a path that only whoever has our keys can know. Another one is never overwritten: it
is a stolen token or a second installation, and a person must decide which.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final

import structlog
from telegram.error import TelegramError

from bot.store.rivals import Rival
from bot.telegram.app import Api
from bot.telegram.handling import ALLOWED, Health
from bot.telegram.patience import backoff

_log = structlog.get_logger(__name__)

_LOOK_EVERY: Final = 60.0
_AT_ONCE: Final = 40
"""Connections Telegram may open to us at a time."""


class Whose(Enum):
    """Who the webhook belongs to that stands at Telegram."""

    NOBODY = auto()
    OURS = auto()
    FOREIGN = auto()


def whose(url: str, path: str) -> Whose:
    """By its address; `path` is our own."""
    if not url:
        return Whose.NOBODY
    return Whose.OURS if url.endswith(path) else Whose.FOREIGN


class Webhook:
    """Sets our webhook, takes it away, and says who is in the way.

    Its state is whether it was set since the start: another secret shows in no address.
    """

    def __init__(
        self,
        bot: Api,
        *,
        path: str,
        address: str,
        secret: str,
        health: Health,
        clock: Callable[[], datetime],
        on_rival: Callable[[Rival], Awaitable[None]],
        every: float = _LOOK_EVERY,
        patience: float = 0.5,
    ) -> None:
        """`address` is where Telegram finds us, "" when we poll; our `path` follows it."""
        self._bot = bot
        self._path = path
        self._url = f"{address}{path}" if address else ""
        self._secret = secret
        self._health = health
        self._clock = clock
        self._on_rival = on_rival
        self._every = every
        self._patience = patience
        self._is_set = False

    async def keep(self) -> None:
        """Keep our webhook standing until cancelled."""
        tries = 0
        while True:
            try:
                await self._set_unless_foreign()
            except TelegramError as error:
                self._health.troubles += 1
                seconds = backoff(tries, first=self._patience, most=30)
                _log.warning("webhook_not_set", error=type(error).__name__, code=str(error))
                await asyncio.sleep(seconds)
                tries += 1
                continue
            tries = 0
            await asyncio.sleep(self._every)

    async def in_the_way(self) -> bool:
        """Polling was refused: take away a webhook of our own (True), or tell of a rival."""
        try:
            standing = await self._standing()
            if standing is Whose.OURS:
                await self._bot.call("deleteWebhook", {})
                _log.info("own_webhook_taken_away")
                return True
        except TelegramError as error:
            _log.warning("webhook_unknown", error=type(error).__name__)
            return False
        self._health.conflicts += 1
        foreign = standing is Whose.FOREIGN
        await self._tell(Rival.FOREIGN_WEBHOOK if foreign else Rival.SECOND_COPY)
        return False

    async def _set_unless_foreign(self) -> None:
        info = await self._bot.call("getWebhookInfo", {})
        url = str(info.get("url") or "")
        if whose(url, self._path) is Whose.FOREIGN:
            self._health.conflicts += 1
            await self._tell(Rival.FOREIGN_WEBHOOK)
            return
        if url != self._url or not self._is_set:
            await self._bot.call("setWebhook", self._wanted())
            self._is_set = True
            _log.info("webhook_set")
        self._health.last_ok = self._clock()  # a sign of life, as a poll that is answered is one
        if problem := info.get("last_error_message"):
            _log.warning("webhook_trouble", waiting=info.get("pending_update_count"), code=problem)

    def _wanted(self) -> dict[str, Any]:
        return {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": ALLOWED,
            "max_connections": _AT_ONCE,
        }

    async def _standing(self) -> Whose:
        info = await self._bot.call("getWebhookInfo", {})
        return whose(str(info.get("url") or ""), self._path)

    async def _tell(self, rival: Rival) -> None:
        advice = "a second installation, or a stolen token"
        _log.critical(rival.value, advice=advice)
        await self._on_rival(rival)
