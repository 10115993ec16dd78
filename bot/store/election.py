"""Who does what only one process may do at a time: elected by advisory locks of PostgreSQL.

The locks, and the calls of other processes, live on a session of their own beside the pool. The
session asks every second, and the server ends it when it has heard nothing for a while: a process
that is frozen or cut off cannot hold an office for ever. Nothing depends on there being one leader:
two of them for a moment do no harm, since keys and row locks keep everything single.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import aclosing, suppress
from typing import Final, LiteralString

import psycopg
import structlog
from psycopg import AsyncConnection
from sqlalchemy import make_url, text
from sqlmodel import Session

from bot.errors import BetweenError
from bot.store.offices import Office

STAND: Final = "stand"
"""Said by whoever gives an office up, so that the next one need not wait for a second."""

_LOCK: Final = 0x42545745  # "BTWE": our advisory locks among those of others in this database
_NUMBER: Final = {Office.POLL: 1, Office.CLOCK: 2, Office.SENDER: 3}
_PATIENCE: Final = 5.0
_NAME: Final = "between "
_ALIVE: LiteralString = (
    # Ended by the server when it is silent: it says something every second.
    "SET idle_session_timeout = '15s'; SET tcp_keepalives_idle = 5;"
    " SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; LISTEN between"
)
_LEADERS = text(
    "SELECT l.objid, a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = :lock"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_THERE = text(
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name LIKE 'between %'"
)
_log = structlog.get_logger(__name__)


class PoolerBetween(BetweenError):  # noqa: N818  (it names what happened)
    """The session changes under us: DATABASE_URL must lead to PostgreSQL itself, not to a pooler
    that hands out sessions by transaction."""


class Election:
    """Stands for offices, and hears the other processes. Its state is what it holds now."""

    def __init__(
        self,
        url: str,
        offices: Collection[Office],
        heard: Callable[[str], None],
        *,
        name: str,
        every: float = 1.0,
    ) -> None:
        """`heard` gets each word that is said by `bell`, and "all" when some may have been missed.
        `name` (at most 55 bytes, one for each start) is how others know this process."""
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._heard = heard
        self._name = f"{_NAME}{name}"
        self._every = every
        self._won = {office: asyncio.Event() for office in offices}
        self._lost = {office: asyncio.Event() for office in offices}
        for event in self._lost.values():
            event.set()

    def holds(self, office: Office) -> bool:
        """Whether it is ours now."""
        return office in self._won and self._won[office].is_set()

    async def won(self, office: Office) -> None:
        """Waits until it is ours."""
        await self._won[office].wait()

    async def lost(self, office: Office) -> None:
        """Waits until it is not ours any more."""
        await self._lost[office].wait()

    async def run(self) -> None:
        """Stands for election until cancelled; whenever the session is lost, so are the offices."""
        while True:
            try:
                await self._stand()
            except (psycopg.Error, OSError, TimeoutError) as error:
                _log.warning("session_lost", error=type(error).__name__)
            finally:
                self._resign()
            await asyncio.sleep(self._every)

    async def _stand(self) -> None:
        async with asyncio.timeout(_PATIENCE):
            session = await AsyncConnection.connect(
                self._url, autocommit=True, application_name=self._name
            )
        try:
            await _ask(session, _ALIVE)
            self._heard("all")
            while True:
                await self._look(session)
                await self._listen(session)
        finally:
            self._resign()
            await _leave(session)

    async def _look(self, session: AsyncConnection) -> None:
        """Whether the session lives, and whether an office has become free."""
        if await _ask(session, "SELECT pg_backend_pid()") != session.info.backend_pid:
            raise PoolerBetween(PoolerBetween.__doc__)
        for office in self._won:
            if self.holds(office):
                continue
            if await _ask(session, "SELECT pg_try_advisory_lock(%s, %s)", _LOCK, _NUMBER[office]):
                _log.info("office_won", office=office.value)
                self._lost[office].clear()
                self._won[office].set()

    async def _listen(self, session: AsyncConnection) -> None:
        async with aclosing(session.notifies(timeout=self._every)) as calls:
            async for each in calls:
                if each.payload == STAND:
                    return
                self._heard(each.payload)

    def _resign(self) -> None:
        for office in self._won:
            if self.holds(office):
                _log.info("office_lost", office=office.value)
            self._won[office].clear()
            self._lost[office].set()


async def _ask(session: AsyncConnection, what: LiteralString, *about: int) -> object:
    async with asyncio.timeout(_PATIENCE):
        cursor = await session.execute(what, about or None)
        row = await cursor.fetchone() if cursor.description is not None else None
    return None if row is None else row[0]


async def _leave(session: AsyncConnection) -> None:
    """Give everything up at once if the session lives; the server notices otherwise."""
    with suppress(psycopg.Error, OSError, TimeoutError):
        await _ask(session, "SELECT pg_advisory_unlock_all()")
        await _ask(session, "NOTIFY between, 'stand'")
    with suppress(psycopg.Error, OSError):
        await session.close()


def leaders(session: Session) -> dict[Office, str]:
    """Which process holds which office now, by name; an office that nobody holds is missing."""
    office = {number: each for each, number in _NUMBER.items()}
    rows = session.connection().execute(_LEADERS, {"lock": _LOCK}).all()
    return {office[row[0]]: str(row[1]).removeprefix(_NAME) for row in rows if row[0] in office}


def there(session: Session) -> set[str]:
    """The names of all processes whose session lives."""
    names = session.connection().execute(_THERE).scalars()
    return {str(name).removeprefix(_NAME) for name in names}
