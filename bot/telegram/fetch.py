"""Fetches the files that reviewers sent, reads them beside the loop, hands on what they held."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from sqlmodel import Session
from telegram.error import BadRequest, TelegramError

from bot.catalog.load import Source
from bot.catalog.load_sent import LARGEST, read_sent
from bot.store import trials
from bot.store.trials import SentFile
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram.app import Api
from bot.telegram.patience import where
from bot.usecases.incoming import Receipt

_log = structlog.get_logger(__name__)

Took = Callable[[Session, UUID, UUID, Source | None, datetime], Receipt]
"""What is done with a file: the trial, whose it is, what it held (None: it was not to be had)."""

_PAUSES: Final = (0.0, 0.2, 1.0, 3.0)
"""Seconds before each try."""
_AGAIN: Final = 5.0


class Fetch:
    """Looks for files to fetch at the start and when woken; what a crash interrupts is found then.

    Its state is the alarm that wakes it.
    """

    def __init__(
        self,
        bot: Api,
        database: Database,
        vault: Vault,
        took: Took,
        *,
        clock: Callable[[], datetime],
        on_receipt: Callable[[Receipt], None],
    ) -> None:
        self._bot = bot
        self._database = database
        self._vault = vault
        self._took = took
        self._clock = clock
        self._on_receipt = on_receipt
        self._alarm = asyncio.Event()
        self._alarm.set()

    def wake(self) -> None:
        """Somebody sent a file."""
        self._alarm.set()

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            await self._alarm.wait()
            self._alarm.clear()
            try:
                await self._all()
            except Exception as error:  # noqa: BLE001 # the file still waits; the bot goes on
                _log.error("files_not_fetched", error=where(error))
                await asyncio.sleep(_AGAIN)
                self._alarm.set()

    async def _all(self) -> None:
        waiting = partial(trials.to_fetch, vault=self._vault)
        for trial, person, file in await self._database.run(waiting):
            source = await self._source(file)

            def take(session: Session, whose: tuple[UUID, UUID] = (trial, person),
                     held: Source | None = source) -> Receipt:  # fmt: skip
                return self._took(session, *whose, held, self._clock())

            self._on_receipt(await self._database.run(take, lane=person))

    async def _source(self, file: SentFile) -> Source | None:
        data = await self._fetched(file.file_id)
        if data is None:
            return None
        try:
            return await asyncio.to_thread(read_sent, data, file.name)
        except Exception as error:  # noqa: BLE001 # a bug of ours: this file must not come again
            _log.error("file_not_read", error=where(error))
            return None

    async def _fetched(self, file_id: str) -> bytes | None:
        for pause in _PAUSES:
            await asyncio.sleep(pause)
            try:
                return await self._bot.fetch(file_id, LARGEST)
            except BadRequest as error:
                _log.warning("file_not_fetched", error=type(error).__name__)
                return None
            except TelegramError as error:
                _log.warning("file_not_fetched_yet", error=type(error).__name__)
        return None
