"""What becomes of updates in the process that handles them: stored once, in order, or buried."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

import structlog
from sqlmodel import Session

from bot.errors import DatabaseAway
from bot.store import updates
from bot.store.vault import SealBroken
from bot.store.worker import Database
from bot.telegram.acks import Ack, Acks, Close
from bot.telegram.intake import read
from bot.telegram.patience import away, backoff, where
from bot.usecases.incoming import Incoming, Receipt

_log = structlog.get_logger(__name__)

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
_AGAIN: Final = (0.05, 0.5)

Receive = Callable[[Session, Incoming, datetime], Receipt]
Poison = Callable[[Session, Incoming, datetime], object]
Unit = Callable[[Session], Receipt | None]
Handed = Callable[[], Callable[[], None]]
"""Says that units were just handed to the database; gives back what to call once they wrote."""


@dataclass(frozen=True, slots=True)
class Work:
    """One update: the unit that stores it, and what is needed if that fails."""

    update_id: int
    kind: str
    unit: Unit
    lane: int
    told: Incoming | None = None
    press: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """Updates handed to the database: what they take, and what will have become of them."""

    works: Sequence[Work]
    wrote: Callable[[], None]
    results: asyncio.Future[list[Receipt | BaseException | None]]


@dataclass(slots=True)
class Health:
    """What the metrics tell about the way in."""

    last_ok: datetime | None = None
    last_update: datetime | None = None
    received: int = 0
    buried: int = 0
    conflicts: int = 0
    troubles: int = 0


class Handling:
    """Parses, stores, insists, buries, and does what follows a commit. Its state is its health."""

    def __init__(
        self,
        database: Database,
        receive: Receive,
        acks: Acks,
        *,
        bot_id: int,
        clock: Callable[[], datetime],
        on_wrote: Callable[[], None],
        on_due: Callable[[datetime], None],
        on_poison: Poison,
        on_fetch: Callable[[], None] = lambda: None,
        on_handed: Handed | None = None,
        patience: float = 0.5,
    ) -> None:
        self._database = database
        self._receive = receive
        self._acks = acks
        self._bot_id = bot_id
        self._clock = clock
        self._on_wrote = on_wrote
        self._on_due = on_due
        self._on_poison = on_poison
        self._on_fetch = on_fetch
        self._on_handed = on_handed or (lambda: on_wrote)
        self._patience = patience
        self.health = Health()

    async def take(
        self, batch: Sequence[dict[str, Any]], on_first: Callable[[], None] | None = None
    ) -> None:
        """Commit a batch in order, however long it takes: then it may be confirmed, and its
        `first_part` once `on_first` is called."""
        first = 0 if on_first is None else first_part(batch)
        # All of them before any of them ends: they share commits.
        begun = [self._begin(part) for part in (batch[:first], batch[first:]) if part]
        for part in begun:
            await self._end(part, await part.results)
            if on_first is not None:
                on_first()
        self._took(batch)

    async def offer(self, batch: Sequence[dict[str, Any]]) -> None:
        """Commit a batch in order now; raises `DatabaseAway` for whoever can bring it again."""
        begun = self._begin(batch)
        results = await begun.results
        if any(map(waits, results)):
            self.health.troubles += 1
            raise DatabaseAway(DatabaseAway.__doc__)
        await self._end(begun, results)
        self._took(batch)

    def _begin(self, batch: Sequence[dict[str, Any]]) -> _Begun:
        works = [work for work in map(self.work, batch) if work is not None]
        promises = [self._database.submit(work.unit, lane=work.lane) for work in works]
        wrote = self._on_handed()
        return _Begun(works, wrote, asyncio.gather(*promises, return_exceptions=True))

    async def _end(self, begun: _Begun, results: Sequence[Receipt | BaseException | None]) -> None:
        for work, result in zip(begun.works, results, strict=True):
            self.settle(work, await self._saved(work, result), begun.wrote)

    def _took(self, batch: Sequence[dict[str, Any]]) -> None:
        self.health.received += len(batch)
        self.health.last_update = self._clock()

    def work(self, raw: dict[str, Any]) -> Work | None:
        """What handling an update takes; None for what is no person's doing in a private chat."""
        update_id = raw["update_id"]
        kind = next((name for name in ALLOWED if name in raw), "other")
        try:
            told = read(raw, self._bot_id)
        except Exception as exc:  # noqa: BLE001  (whatever is wrong with it, the next one counts)
            _log.error("unreadable_update", update=update_id, kind=kind, error=where(exc))
            unit = partial(self.bury, update_id, kind, f"unreadable: {type(exc).__name__}", None)
            return Work(update_id, kind, unit, lane=0)
        if told is None:
            return None
        return Work(
            update_id, kind, partial(self._told, told), told.sender.telegram_id, told,
            raw.get("callback_query"),
        )  # fmt: skip

    def _told(self, told: Incoming, session: Session) -> Receipt:
        return self._receive(session, told, self._clock())

    def bury(
        self, update_id: int, kind: str, error: str, told: Incoming | None, session: Session
    ) -> None:
        """Keep that an update could not be handled; its author is told, if we know who that is."""
        now = self._clock()
        updates.bury(session, self._bot_id, update_id, kind, error, now)
        if told is not None:
            self._on_poison(session, told, now)

    async def _saved(self, work: Work, result: Receipt | BaseException | None) -> Receipt | None:
        """Give the receipt; try again what failed, and bury what is itself to blame."""
        for pause in (*_AGAIN, None):
            if waits(result):
                result = await self._insist(work, work.unit, waits)
            if not isinstance(result, Exception) or pause is None:
                break
            await asyncio.sleep(pause)
            result = await self._attempt(work, work.unit)
        if isinstance(result, Exception):
            await self._give_up(work, result)
            return None
        if isinstance(result, BaseException):
            raise result
        return result

    async def _insist(
        self, work: Work, unit: Unit, again: Callable[[object], bool]
    ) -> Receipt | Exception | None:
        """Try for as long as it takes: what is not stored is not confirmed."""
        tries = 0
        while True:
            self.health.troubles += 1
            await asyncio.sleep(backoff(tries, first=self._patience, most=30))
            tries += 1
            result = await self._attempt(work, unit)
            if not again(result):
                return result
            _log.error("not_stored", update=work.update_id, tries=tries)

    async def _attempt(self, work: Work, unit: Unit) -> Receipt | Exception | None:
        try:
            return await self._database.run(unit, lane=work.lane)
        except Exception as exc:  # noqa: BLE001  (judged by the caller)
            return exc

    async def _give_up(self, work: Work, exc: Exception) -> None:
        """Bury one update and tell the person; if even that cannot be told, bury it alone."""
        _log.error("poison_update", update=work.update_id, kind=work.kind, error=where(exc))
        bury = partial(self.bury, work.update_id, work.kind, type(exc).__name__)
        result = await self._attempt(work, partial(bury, work.told))
        if away(result):
            result = await self._insist(work, partial(bury, work.told), away)
        if isinstance(result, Exception):
            result = await self._attempt(work, partial(bury, None))
        if isinstance(result, Exception):
            await self._insist(work, partial(bury, None), lambda it: isinstance(it, Exception))
        self.health.buried += 1
        self._on_wrote()

    def settle(
        self, work: Work, receipt: Receipt | None, wrote: Callable[[], None] | None = None
    ) -> None:
        """What follows once an update has committed; `wrote` is called if messages wait."""
        receipt = receipt or Receipt()
        if work.press is not None:
            self._acks.put(Ack(work.press, receipt.note, receipt.settled))
        if receipt.closes is not None and work.told is not None:
            self._acks.put(Close(work.told.sender.telegram_id, receipt.closes))
        if receipt.fetches:
            self._on_fetch()
        if receipt.wrote:
            (wrote or self._on_wrote)()
        if receipt.rings_at is not None:
            self._on_due(receipt.rings_at)


def first_part(batch: Sequence[object]) -> int:
    """How many of a full batch come first: what is left is work for about as long as Telegram takes
    to answer (some 40 ms), and more than one commit holds."""
    return len(batch) // 3


def waits(happened: object) -> bool:
    """Whether it is the database that is to blame, and not the update."""
    # One person's broken seal must not stop everybody; that the master key itself is the wrong
    # one shows when that person cannot even be told.
    return away(happened) and not isinstance(happened, SealBroken)
