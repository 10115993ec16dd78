"""Keeps updates for the workers: confirmed to Telegram once they are in the inbox for good."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlmodel import Session

from bot.errors import DatabaseAway
from bot.store import bell, inbox, updates
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram.handling import Health
from bot.telegram.patience import away, backoff, where

WORD = "inbox"
"""What is called out to the workers."""
_TRIES = 3
_LARGEST = 2**63
"""No column holds a larger number."""
_log = structlog.get_logger(__name__)


class Inbox:
    """Stands where `Handling` stands when one process does everything."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        *,
        bot_id: int,
        clock: Callable[[], datetime],
        health: Health,
        patience: float = 0.5,
    ) -> None:
        self._database = database
        self._vault = vault
        self._bot_id = bot_id
        self._clock = clock
        self._patience = patience
        self.health = health

    async def take(
        self, batch: Sequence[dict[str, Any]], on_first: Callable[[], None] | None = None
    ) -> None:
        """Keep a batch, all of it or nothing, however long it takes: then it may be confirmed.
        There is no part of it that is kept first."""
        del on_first
        tries = 0
        while True:
            try:
                await self._keep(batch)
            except Exception as error:  # noqa: BLE001  (what is not stored is not confirmed)
                self.health.troubles += 1
                _log.error("not_kept", updates=len(batch), error=where(error))
                if not away(error) and tries == _TRIES:
                    await self._apart(batch)
                    return
                await asyncio.sleep(backoff(tries, first=self._patience, most=30))
                tries += 1
            else:
                return

    async def offer(self, batch: Sequence[dict[str, Any]]) -> None:
        """Keep a batch now; raises `DatabaseAway` for whoever can bring it again."""
        try:
            await self._keep(batch)
        except Exception as error:
            self.health.troubles += 1
            if away(error):
                raise DatabaseAway(DatabaseAway.__doc__) from error
            raise

    async def _apart(self, batch: Sequence[dict[str, Any]]) -> None:
        """One of these cannot be kept: it is buried, the others are kept."""
        for each in batch:
            try:
                await self._keep([each])
            except Exception as error:
                if away(error):
                    raise
                await self._database.run(partial(self._bury, each, type(error).__name__))
                self.health.buried += 1

    def _bury(self, raw: dict[str, Any], code: str, session: Session) -> None:
        number = raw["update_id"] if abs(raw["update_id"]) < _LARGEST else 0
        kind, error = inbox.kind_of(raw), f"not kept: {code}"
        updates.bury(session, self._bot_id, number, kind, error, self._clock())

    async def _keep(self, batch: Sequence[dict[str, Any]]) -> None:
        await self._database.run(partial(self._put, batch))
        self.health.received += len(batch)
        self.health.last_update = self._clock()

    def _put(self, batch: Sequence[dict[str, Any]], session: Session) -> None:
        inbox.put(session, self._vault, self._bot_id, batch, self._clock())
        bell.call(session, [WORD])
