"""Asks Telegram for the bot's own name, which stands in every invitation link."""

import asyncio

import structlog
from telegram.error import TelegramError

from bot.telegram.app import Api
from bot.telegram.patience import backoff

_log = structlog.get_logger(__name__)


async def ask_name(bot: Api) -> str:
    """The user name, however long it takes until Telegram answers."""
    tries = 0
    while True:
        try:
            return str((await bot.call("getMe", {}))["username"])
        except TelegramError as exc:
            _log.warning("name_not_known", error=type(exc).__name__)
        await asyncio.sleep(backoff(tries, first=1, most=60))
        tries += 1
