"""A worker: takes what others received out of the inbox and handles it, each person in order."""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog
from sqlmodel import Session

from bot.store import inbox
from bot.store.inbox import Head
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram.handling import Handling, Work, waits
from bot.telegram.patience import backoff, where
from bot.usecases.incoming import Receipt

_log = structlog.get_logger(__name__)

_PAUSES: Final = (1.0, 5.0)
"""Seconds before each further try of one update; then it is buried."""
_MOST: Final = 64

Done = tuple[Work, Receipt | None]


class Working:
    """One per process, many at a time. In memory is only the alarm that wakes it."""

    def __init__(
        self,
        database: Database,
        handling: Handling,
        vault: Vault,
        *,
        bot_id: int,
        clock: Callable[[], datetime],
        tick: float = 1.0,
        pauses: tuple[float, ...] = _PAUSES,
    ) -> None:
        self._database = database
        self._handling = handling
        self._vault = vault
        self._bot_id = bot_id
        self._clock = clock
        self._tick = tick
        self._pauses = pauses
        self._woken = asyncio.Event()
        self._dice = random.Random()  # noqa: S311  (spreads workers over the lanes, no secret)

    def wake(self) -> None:
        """Something was put into the inbox (from the loop's own thread)."""
        self._woken.set()

    async def run(self) -> None:
        """Works until cancelled; whatever goes wrong, it looks again."""
        tries = 0
        while True:
            self._woken.clear()
            try:
                busy = await self.work()
            except Exception as error:  # noqa: BLE001  (a database that is away comes back)
                self._handling.health.troubles += 1
                _log.error("not_worked", error=where(error))
                await asyncio.sleep(backoff(tries, first=0.2, most=10))
                tries += 1
                continue
            tries = 0
            if not busy:
                await self._sleep()

    async def finish(self) -> None:
        """Handles what is there until nothing is; for whoever goes on without an inbox."""
        count = partial(inbox.waiting, bot_id=self._bot_id)
        while True:
            try:
                if not (await self._database.run(count))[0]:
                    return
                await self.work()
            except Exception as error:  # noqa: BLE001  (a database that is away comes back)
                _log.error("not_worked", error=where(error))
            await asyncio.sleep(0.05)

    async def work(self) -> bool:
        """Handles the oldest update of each lane, as far as nobody else does; whether any was."""
        look = partial(inbox.look, bot_id=self._bot_id, now=self._clock(), limit=_MOST)
        heads = await self._database.run(look)
        self._dice.shuffle(heads)  # several workers look at once; each begins somewhere else
        # gather starts them one after the other before any of them ends: they share commits.
        results = await asyncio.gather(
            *(self._database.run(partial(self._handle, head), lane=head.lane) for head in heads),
            return_exceptions=True,
        )
        for result in results:  # first what has committed: what follows may have to wait
            if isinstance(result, tuple):
                self._handling.settle(*result)
        for head, result in zip(heads, results, strict=True):
            if isinstance(result, Exception):
                await self._failed(head, result)
            elif isinstance(result, BaseException):
                raise result
        return any(result is not None for result in results)

    def _handle(self, head: Head, session: Session) -> Done | None:
        """One update, claimed, handled and gone in one transaction; None if others have it."""
        raw = inbox.take(session, self._vault, head)
        if raw is None:
            return None
        work = self._work(head, raw)
        return work, work.unit(session)

    def _work(self, head: Head, raw: dict[str, Any]) -> Work:
        return self._handling.work(raw) or _no_more(head)

    async def _failed(self, head: Head, error: Exception) -> None:
        """Once more a little later, or never; its lane waits meanwhile."""
        if waits(error):
            raise error
        if head.attempts < len(self._pauses):
            at = self._clock() + timedelta(seconds=self._pauses[head.attempts])
            await self._database.run(partial(inbox.later, head=head, at=at))
            return
        _log.error("poison_update", update=head.update_id, kind=head.kind, error=where(error))
        code = type(error).__name__
        try:
            gone = await self._database.run(partial(self._bury, head, code), lane=head.lane)
        except Exception as again:
            if waits(again):
                raise
            gone = await self._database.run(partial(self._drop, head, code), lane=head.lane)
        if gone:
            self._handling.health.buried += 1
            self._handling.settle(_no_more(head), Receipt(wrote=True))

    def _bury(self, head: Head, code: str, session: Session) -> bool:
        """It could not be handled: its author is told."""
        raw = inbox.take(session, self._vault, head)
        if raw is None:
            return False
        told = self._work(head, raw).told
        self._handling.bury(head.update_id, head.kind, code, told, session)
        return True

    def _drop(self, head: Head, code: str, session: Session) -> bool:
        """It could not be handled, and nobody can be told."""
        if not inbox.drop(session, head):
            return False
        self._handling.bury(head.update_id, head.kind, code, None, session)
        return True

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(self._tick):
                await self._woken.wait()
        except TimeoutError:
            return


def _no_more(head: Head) -> Work:
    """Nothing is left to do for this update."""
    return Work(head.update_id, head.kind, lambda _: None, lane=0)
