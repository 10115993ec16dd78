"""Delivers e-mail: claims what waits, hands it to the server, records what became of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlmodel import Session

from bot.mail.smtp import Later, Outcome, Refused, Server, Taken, carry
from bot.store import mail
from bot.store.mail import GIVE_UP, Parcel
from bot.store.vault import Vault
from bot.store.worker import Database

_log = structlog.get_logger(__name__)

LEASE: Final = timedelta(minutes=3)
"""Longer than one conversation can take: every answer of the server has its own patience."""
LONGEST: Final = 300.0
"""Seconds at most between two tries."""


class Postman:
    """One per process. In memory is nothing that the leases in the table cannot restore."""

    def __init__(
        self,
        server: Server,
        database: Database,
        vault: Vault,
        *,
        clock: Callable[[], datetime],
        tick: float = 5.0,
    ) -> None:
        self._server = server
        self._database = database
        self._vault = vault
        self._clock = clock
        self._tick = tick
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that something new may wait (from the loop's own thread)."""
        self._woken.set()

    async def run(self) -> None:
        """Delivers until cancelled; whatever goes wrong, it looks again."""
        while True:
            self._woken.clear()
            try:
                busy = await self._round()
            except Exception as error:  # noqa: BLE001 # a database that is away comes back
                _log.error("mail_not_delivered", error=type(error).__name__)
                busy = False
            if not busy:
                await self._sleep()

    async def _round(self) -> bool:
        """Delivers what is ready; True if there was anything."""
        claim = partial(mail.claim, vault=self._vault, now=self._clock(), lease=LEASE)
        parcels = await self._database.run(lambda session: claim(session))
        outcomes = await asyncio.gather(*(carry(self._server, parcel) for parcel in parcels))
        for parcel, outcome in zip(parcels, outcomes, strict=True):
            await self._database.run(self._record(parcel, outcome))
        return bool(parcels)

    def _record(self, parcel: Parcel, outcome: Outcome) -> Callable[[Session], bool]:
        now = self._clock()
        match outcome:
            case Taken():
                return partial(mail.sent, parcel=parcel, now=now)
            case Later(code) if now - parcel.created_at < GIVE_UP:
                _log.warning("mail_later", mail=parcel.id, code=code)
                wait = min(LONGEST, 5.0 * 2.0 ** min(parcel.attempts, 6))
                return partial(
                    mail.later, parcel=parcel, at=now + timedelta(seconds=wait), error=code
                )
            case Later(code) | Refused(code):
                _log.critical("mail_refused", mail=parcel.id, code=code)
                return partial(mail.failed, parcel=parcel, error=code)

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(self._tick):
                await self._woken.wait()
        except TimeoutError:
            return
