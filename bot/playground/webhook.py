"""Pushing updates to the bot: one queue per chat, a secret header, patient retries."""

import asyncio
import contextlib
import re
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.playground.clock import Clock
from bot.playground.errors import bad_request
from bot.playground.faults import Faults
from bot.playground.updates import Update, Updates

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LONGEST_PAUSE = 60.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


class Webhook:
    """The push side of the inbox. State: its address, and a task per queue while it works."""

    def __init__(self, updates: Updates, faults: Faults, clock: Clock) -> None:
        self._updates, self._faults, self._clock = updates, faults, clock
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._last_error: tuple[int, str] | None = None
        self.url = ""
        self._secret = ""

    @staticmethod
    def check(url: str, secret: str) -> None:
        """ApiError unless `url` is on this computer and `secret` is one Telegram accepts."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname not in LOOPBACK:
            raise bad_request("bad webhook: the playground only calls loopback addresses")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")

    async def start(self, url: str, secret: str) -> None:
        """Push to `url` from now on."""
        await self.stop()
        self.url, self._secret, self._last_error = url, secret, None
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._updates.wake_webhook = self._wake
        self._wake()

    async def stop(self) -> None:
        """Push no more; what is undelivered stays for getUpdates."""
        self._updates.wake_webhook = None
        self.url = ""
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> dict[str, Any]:
        """The part of `WebhookInfo` that is known here."""
        info: dict[str, Any] = {"url": self.url}
        if self._last_error:
            info["last_error_date"], info["last_error_message"] = self._last_error
        return info

    def _wake(self) -> None:
        loop = asyncio.get_running_loop()
        for lane in {update.lane for update in self._updates.pending}:
            if lane not in self._lanes:
                self._lanes[lane] = loop.create_task(self._work(lane))

    async def _work(self, lane: str) -> None:
        """Deliver a queue in order; its head blocks it until delivered or expired."""
        pause = 0.0
        while (update := self._head(lane)) is not None:
            wait = await self._post(update)
            if wait is None:
                self._updates.remove(update)
                pause = 0.0
            else:
                await asyncio.sleep(wait or pause)
                pause = min(max(pause * 2, 2.0), LONGEST_PAUSE)
        self._lanes.pop(lane, None)

    def _head(self, lane: str) -> Update | None:
        self._updates.drop_expired()
        return next((u for u in self._updates.pending if u.lane == lane), None)

    async def _post(self, update: Update) -> float | None:
        """None when delivered, else the seconds the bot asked us to wait (0: as we like)."""
        copies = self._faults.spoil([update.body])
        wait: float | None = None
        for body in copies:
            wait = await self._post_once(body)
        return wait

    async def _post_once(self, body: dict[str, Any]) -> float | None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        if self._session is None:
            return 0.0
        try:
            async with self._session.post(self.url, json=body, headers=headers) as answer:
                await answer.read()
                self._updates.served(body)
                if answer.status < 300:
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                with contextlib.suppress(ValueError):
                    return min(float(answer.headers.get("Retry-After", 0)), 3600.0)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
        return 0.0

    def _failed(self, why: str) -> None:
        self._last_error = (self._clock.unix(), why)
