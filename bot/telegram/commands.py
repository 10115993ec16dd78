"""Tells Telegram the bot's commands and descriptions, in every language. Best effort."""

from collections.abc import Awaitable, Mapping, Sequence

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

_log = structlog.get_logger(__name__)


async def publish(
    bot: Bot,
    commands: Mapping[str, Sequence[tuple[str, str]]],
    descriptions: Mapping[str, str] | None = None,
    short_descriptions: Mapping[str, str] | None = None,
) -> None:
    """Publish by language code; "" is for everyone whose language is not given."""
    for language, listed in commands.items():
        await _try(
            "commands",
            language,
            bot.set_my_commands(
                [BotCommand(name, text) for name, text in listed],
                scope=BotCommandScopeAllPrivateChats(),
                language_code=language or None,
            ),
        )
    for language, text in (descriptions or {}).items():
        await _try(
            "description", language, bot.set_my_description(text, language_code=language or None)
        )
    for language, text in (short_descriptions or {}).items():
        await _try(
            "short_description",
            language,
            bot.set_my_short_description(text, language_code=language or None),
        )


async def _try(what: str, language: str, call: Awaitable[object]) -> None:
    try:
        await call
    except TelegramError as exc:
        _log.warning("not_published", what=what, language=language, error=type(exc).__name__)
