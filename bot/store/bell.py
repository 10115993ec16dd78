"""Wakes other processes through PostgreSQL (NOTIFY). Losing a call costs one slow look, no more."""

import asyncio
from collections.abc import Iterable
from functools import partial

import structlog
from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from bot.store.worker import Database

CHANNEL = "between"
_CALL = select(func.pg_notify(CHANNEL, bindparam("word")))
_log = structlog.get_logger(__name__)


def call(session: Session, words: Iterable[str]) -> None:
    """Say these words to all processes once the transaction has committed."""
    for word in words:
        session.connection().execute(_CALL, {"word": word})


class Bell:
    """Gathers words while some are on their way, so that many calls cost one transaction.

    In a transaction of its own: PostgreSQL commits those that notify one after the other.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words: set[str] = set()
        self._woken = asyncio.Event()

    def ring(self, word: str) -> None:
        """Say this word soon (from the loop's own thread)."""
        self._words.add(word)
        self._woken.set()

    async def run(self) -> None:
        """Calls until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            words, self._words = sorted(self._words), set()
            try:
                await self._database.run(partial(call, words=words))
            except Exception as error:  # noqa: BLE001 # they look by themselves a second later
                _log.warning("not_called", error=type(error).__name__)
