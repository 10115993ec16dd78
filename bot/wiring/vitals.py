"""Signs of life: written down while all is well, and told to whoever asks at METRICS_PORT."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.config import Settings
from bot.store import vitals
from bot.store.database import open_reader
from bot.store.worker import Database
from bot.wiring.clock import Clock

EVERY = 15.0
"""Seconds between two signs of life."""
AT_FIRST = 60
"""So often it looks each second after a start, until each part has gone well once. Whoever asks
would hear for `EVERY` seconds that nothing came from Telegram, and an orchestrator without patience
would start the bot anew each time before it could say that it is well."""
_log = structlog.get_logger(__name__)
Parts = Mapping[str, Callable[[], datetime | None]]


class Pulse:
    """Writes down when each part last went well, if that is news. `by` names this process."""

    def __init__(self, database: Database, parts: Parts, by: str) -> None:
        self._database = database
        self._parts = parts
        self._by = by
        self._written: dict[str, datetime] = {}

    async def run(self) -> None:
        """Until cancelled; a database that is away is tried again. Parts of other processes never
        go well here."""
        looks = 0
        while True:
            try:
                await self.beat()
            except SQLAlchemyError as error:
                _log.error("no_sign_of_life", error=type(error).__name__)
            looks += 1
            begins = len(self._written) < len(self._parts) and looks < AT_FIRST
            await asyncio.sleep(1.0 if begins or not self._written else EVERY)

    async def beat(self) -> None:
        """One look at all parts."""
        lately = {part: last() for part, last in self._parts.items()}
        news = {
            part: at
            for part, at in lately.items()
            if at is not None and at != self._written.get(part)
        }
        if news:
            await self._database.run(partial(_note, news=news, by=self._by), patient=True)
            self._written |= news


def _note(session: Session, news: Mapping[str, datetime], by: str) -> None:
    for part, at in news.items():
        vitals.note(session, part, at, by)


async def tell(settings: Settings, clock: Clock, counts: Callable[[], Mapping[str, float]]) -> None:
    """Serves /healthz and /metrics until cancelled."""
    from bot.web.vitals import Vital, serve  # only where somebody wants to know

    assert settings.metrics_port is not None
    engine = open_reader(settings.url)
    vital = Vital(engine, clock, clock.steady, counts)
    await serve(vital, settings.metrics_host, settings.metrics_port)
