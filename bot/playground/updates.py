"""What the bot has not confirmed yet, and the long poll that asks for it."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from bot.playground.clock import Clock
from bot.playground.errors import ApiError

DAY = 86_400
PRESS = 150
LONGEST_POLL = 50
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
Observer = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Update:
    """`lane` is the queue a webhook keeps in order; `expires` is in simulated unix seconds."""

    lane: str
    expires: int
    body: dict[str, Any]


class Updates:
    """The inbox of the bot at Telegram. State: it survives the bot, as at Telegram."""

    def __init__(self, clock: Clock, on_connection: Callable[[], None], first_id: int = 1) -> None:
        self._clock = clock
        self._ids = count(870_000_000 + first_id)
        self._poller: asyncio.Future[None] | None = None
        self._on_connection = on_connection
        self._polled_at: float | None = None
        self.pending: deque[Update] = deque()
        self.allowed: frozenset[str] | None = None
        self.observers: list[Observer] = []
        self.wake_webhook: Callable[[], None] | None = None

    def add(self, kind: str, body: dict[str, Any], lane: str) -> None:
        """Put an update into the inbox, unless the bot asked not to hear of this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted:
            return
        expires = self._clock.unix() + (PRESS if kind == "callback_query" else DAY)
        self.pending.append(Update(lane, expires, {"update_id": next(self._ids), kind: body}))
        if self.wake_webhook is not None:
            self.wake_webhook()
        elif self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def allow(self, kinds: object) -> None:
        """Remember which kinds the bot wants; not given leaves it as it was."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds)) or None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """getUpdates: confirm below `offset`, then up to `limit` updates within `seconds`.

        ApiError 409 for the older of two polls, and while a webhook is set.
        """
        if self.wake_webhook is not None:
            text = "can't use getUpdates method while webhook is active"
            raise ApiError(409, f"Conflict: {text}; use deleteWebhook to delete the webhook first")
        self._conflict_older()
        self._seen()
        self._confirm(offset)
        batch = self._batch(limit)
        if not batch and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
            batch = self._batch(limit)
        return batch

    def served(self, body: dict[str, Any]) -> None:
        """Tell the observers that the bot was given this update."""
        for observer in self.observers:
            observer(body)

    @property
    def connected(self) -> bool:
        """Whether a bot listens: it polls now, polled just now, or has a webhook."""
        if self.wake_webhook is not None or self._poller is not None:
            return True
        if self._polled_at is None:
            return False
        return asyncio.get_running_loop().time() - self._polled_at < 5

    def remove(self, update: Update) -> None:
        """The webhook delivered this one."""
        if update in self.pending:
            self.pending.remove(update)

    def drop_expired(self) -> None:
        """Forget what Telegram would no longer keep: a press 150 s, the rest a day."""
        now = self._clock.unix()
        if any(update.expires < now for update in self.pending):
            self.pending = deque(u for u in self.pending if u.expires >= now)

    def forget_all(self) -> None:
        """Drop everything unconfirmed."""
        self.pending.clear()

    def close(self) -> None:
        """End the long poll that is open."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _conflict_older(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, TWO_POLLERS))

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0].body["update_id"] < offset:
            self.pending.popleft()

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        now = self._clock.unix()
        first = list(islice(self.pending, limit))
        if any(update.expires < now for update in first):
            self.drop_expired()
            first = list(islice(self.pending, limit))
        return [update.body for update in first]

    async def _wait(self, seconds: float) -> None:
        me = self._poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait([me], timeout=seconds)
        finally:
            if self._poller is me:
                self._poller = None
                self._seen()
        if me.done():
            me.result()

    def _seen(self) -> None:
        before = self._polled_at
        self._polled_at = asyncio.get_running_loop().time()
        if before is None:
            self._on_connection()
