"""What people get as a file: built just before it is sent, or taken from a private page."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from sqlmodel import Session

from bot.store.worker import Database
from bot.usecases.download import download, gather, language_of
from bot.usecases.kit import Kit
from bot.wiring.clock import Clock


class Documents:
    """The files of one house, for its sender and its pages."""

    def __init__(self, database: Database, kit: Kit, clock: Clock) -> None:
        self._database = database
        self._kit = kit
        self._clock = clock

    async def build(self, person: UUID, what: str) -> bytes:
        """A file for one person, from the database as it is now."""
        unit = partial(gather, kit=self._kit, person=person, what=what, now=self._clock())
        pack = await self._database.run(unit, lane=person)
        if pack is None:
            raise LookupError(what)
        return await asyncio.to_thread(pack)

    def language(self, session: Session, token: str) -> str | None:
        """Whose private page this is, by their language."""
        return language_of(session, token, self._clock())

    def open(self, session: Session, token: str) -> Callable[[], bytes] | None:
        """What makes the file of a private page, once; without the database."""
        return download(session, token, self._clock(), self._kit)
