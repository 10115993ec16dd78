"""Fetches updates and confirms them to Telegram only once their transactions have committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import BetweenError
from bot.telegram.ahead import Ahead, Intake
from bot.telegram.app import LONG_POLL, Api
from bot.telegram.handling import ALLOWED
from bot.telegram.outcome import SlowDown, outcome
from bot.telegram.patience import backoff, chance

_STAND_BACK: Final = 30.0
"""Seconds until we look whether somebody else still receives."""
_log = structlog.get_logger(__name__)


class TokenRevoked(BetweenError):  # noqa: N818  (it names what happened)
    """Telegram no longer accepts the bot's token; get the current one from @BotFather."""


class Poll:
    """The long poll of one bot. Its only memory is the next offset, which Telegram keeps too."""

    def __init__(
        self,
        bot: Api,
        intake: Intake,
        *,
        clock: Callable[[], datetime],
        on_conflict: Callable[[], Awaitable[bool]],
        seconds: float = 50,
        limit: int = 100,
        patience: float = 0.5,
    ) -> None:
        """`on_conflict` is asked when somebody else receives: True if nothing is in the way any
        more. Otherwise we stand back and do not fight."""
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._on_conflict = on_conflict
        self._seconds = seconds
        self._limit = limit
        self._patience = patience
        self._offset: int | None = None
        self.health = intake.health

    async def run(self) -> None:
        """Poll until cancelled; raises `TokenRevoked`, in a group, when the token is dead."""
        self._offset = None  # who polled meanwhile may have confirmed more, or less
        async with asyncio.TaskGroup() as group:
            await self._poll(Ahead(self._intake, group))

    async def _poll(self, ahead: Ahead) -> None:
        tries = 0
        while True:
            try:
                batch = await self._fetch()
            except TelegramError as exc:
                await asyncio.sleep(await self._trouble(exc, tries))
                tries += 1
                continue
            tries = 0
            self.health.last_ok = self._clock()
            await self._take(batch, ahead)

    async def _take(self, fetched: Sequence[dict[str, Any]], ahead: Ahead) -> None:
        """Hand over what is new. While Telegram holds more, most of it may still be at work when
        this returns: to wait for it first would cost the time of an answer of Telegram's."""
        batch = ahead.new_in(fetched)
        await ahead.end()
        if len(batch) > 1 and len(fetched) == self._limit:
            self._offset = await ahead.begin(batch)
            return
        if batch:
            await self._intake.take(batch)
        if fetched:
            self._offset = max(raw["update_id"] for raw in fetched) + 1

    async def _fetch(self) -> list[dict[str, Any]]:
        # The first answer comes at once: on a quiet morning we would look dead for a minute.
        seconds = 0 if self.health.last_ok is None else self._seconds
        parameters: dict[str, Any] = {
            "timeout": int(seconds),
            "limit": self._limit,
            "allowed_updates": ALLOWED,
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        raw = await self._bot.call(LONG_POLL, parameters, total=seconds + 10)
        batch = [update for update in raw if isinstance(update.get("update_id"), int)]
        # Their numbers are their order, whichever way round they come.
        return sorted(batch, key=lambda update: int(update["update_id"]))

    async def _trouble(self, exc: TelegramError, tries: int) -> float:
        self.health.troubles += 1
        match exc:
            case Conflict():
                self.health.conflicts += 1
                if await self._on_conflict():
                    return 0.0
                return _STAND_BACK + chance()
            case InvalidToken():
                await self._confirm_revoked()
            case RetryAfter():
                wait = outcome(exc)
                return (wait.seconds if isinstance(wait, SlowDown) else 1.0) + chance()
        wait_for = backoff(tries, first=self._patience, most=30)
        _log.warning("poll_failed", error=type(exc).__name__, code=str(exc), seconds=wait_for)
        return wait_for

    async def _confirm_revoked(self) -> None:
        try:
            await self._bot.call("getMe", {})
        except InvalidToken:
            raise TokenRevoked(TokenRevoked.__doc__) from None
        except TelegramError:
            return
