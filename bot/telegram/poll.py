"""Fetches updates and confirms them to Telegram only once their transactions have committed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

import structlog
from sqlmodel import Session
from telegram import CallbackQuery, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import BetweenError
from bot.store import updates
from bot.store.vault import SealBroken
from bot.store.worker import Database
from bot.telegram.acks import Ack, Acks, Close
from bot.telegram.app import LONG_POLL, Api
from bot.telegram.intake import incoming
from bot.telegram.outcome import SlowDown, outcome
from bot.telegram.patience import away, backoff, chance, where
from bot.usecases.incoming import Incoming, Receipt

_log = structlog.get_logger(__name__)

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
_CONFLICT: Final = 30.0
_AGAIN: Final = (0.05, 0.5)


class TokenRevoked(BetweenError):  # noqa: N818  (it names what happened)
    """Telegram no longer accepts the bot's token; get the current one from @BotFather."""


Receive = Callable[[Session, Incoming, datetime], Receipt]
Poison = Callable[[Session, Incoming, datetime], object]
Unit = Callable[[Session], Receipt | None]


@dataclass(frozen=True, slots=True)
class _Work:
    """One update of a batch: the unit that stores it, and what is needed if that fails."""

    update_id: int
    kind: str
    unit: Unit
    lane: int
    told: Incoming | None = None
    press: CallbackQuery | None = None


@dataclass(slots=True)
class Health:
    """What the metrics tell about the way in."""

    last_ok: datetime | None = None
    last_update: datetime | None = None
    received: int = 0
    buried: int = 0
    conflicts: int = 0
    troubles: int = 0


class Poll:
    """The long poll of one bot. Its only memory is the next offset, which Telegram keeps too."""

    def __init__(
        self,
        bot: Api,
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
        seconds: float = 50,
        limit: int = 100,
        patience: float = 0.5,
    ) -> None:
        self._bot = bot
        self._database = database
        self._receive = receive
        self._acks = acks
        self._bot_id = bot_id
        self._clock = clock
        self._on_wrote = on_wrote
        self._on_due = on_due
        self._on_poison = on_poison
        self._on_fetch = on_fetch
        self._seconds = seconds
        self._limit = limit
        self._patience = patience
        self._offset: int | None = None
        self.health = Health()

    async def run(self) -> None:
        """Poll until cancelled; raises `TokenRevoked` when the token is dead."""
        tries = 0
        while True:
            try:
                batch = await self._fetch()
            except TelegramError as exc:
                await asyncio.sleep(await self._trouble(exc, tries))
                tries += 1
                continue
            tries = 0
            self.health.last_ok = self._clock()
            if batch:
                await self._store(batch)

    async def _fetch(self) -> list[dict[str, Any]]:
        parameters: dict[str, Any] = {
            "timeout": int(self._seconds),
            "limit": self._limit,
            "allowed_updates": ALLOWED,
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        raw = await self._bot.call(LONG_POLL, parameters, total=self._seconds + 10)
        return [update for update in raw if isinstance(update.get("update_id"), int)]

    async def _trouble(self, exc: TelegramError, tries: int) -> float:
        self.health.troubles += 1
        match exc:
            case Conflict():
                self.health.conflicts += 1
                _log.critical("another_poller", advice="a second instance, or a stolen token")
                return _CONFLICT + chance()
            case InvalidToken():
                await self._confirm_revoked()
            case RetryAfter():
                wait = outcome(exc)
                return (wait.seconds if isinstance(wait, SlowDown) else 1.0) + chance()
        wait_for = backoff(tries, first=self._patience, most=30)
        _log.warning("poll_failed", error=type(exc).__name__, code=str(exc), seconds=wait_for)
        return wait_for

    async def _confirm_revoked(self) -> None:
        try:
            await self._bot.call("getMe", {})
        except InvalidToken:
            raise TokenRevoked(TokenRevoked.__doc__) from None
        except TelegramError:
            return

    async def _store(self, batch: Sequence[dict[str, Any]]) -> None:
        """Commit a batch in order, then let the next call confirm it."""
        works = [self._work(raw) for raw in batch]
        wanted = [work for work in works if work is not None]
        # gather starts them one after the other before any of them ends: they share commits.
        results = await asyncio.gather(
            *(self._database.run(work.unit, lane=work.lane) for work in wanted),
            return_exceptions=True,
        )
        for work, result in zip(wanted, results, strict=True):
            self._settle(work, await self._saved(work, result))
        self._offset = max(raw["update_id"] for raw in batch) + 1
        self.health.received += len(batch)
        self.health.last_update = self._clock()

    def _work(self, raw: dict[str, Any]) -> _Work | None:
        update_id = raw["update_id"]
        kind = next((name for name in ALLOWED if name in raw), "other")
        try:
            update = Update.de_json(raw, None)
            told = incoming(update, self._bot_id)
        except Exception as exc:  # noqa: BLE001  (whatever is wrong with it, the next one counts)
            _log.error("unreadable_update", update=update_id, kind=kind, error=where(exc))
            unit = partial(self._bury, update_id, kind, f"unreadable: {type(exc).__name__}", None)
            return _Work(update_id, kind, unit, lane=0)
        if told is None:
            return None
        return _Work(
            update_id, kind, partial(self._told, told), told.sender.telegram_id, told,
            update.callback_query,
        )  # fmt: skip

    def _told(self, told: Incoming, session: Session) -> Receipt:
        return self._receive(session, told, self._clock())

    def _bury(
        self, update_id: int, kind: str, error: str, told: Incoming | None, session: Session
    ) -> None:
        now = self._clock()
        updates.bury(session, self._bot_id, update_id, kind, error, now)
        if told is not None:
            self._on_poison(session, told, now)

    async def _saved(self, work: _Work, result: Receipt | BaseException | None) -> Receipt | None:
        """Give the receipt; try again what failed, and bury what is itself to blame."""
        for pause in (*_AGAIN, None):
            if _waits(result):
                result = await self._insist(work, work.unit, _waits)
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
        self, work: _Work, unit: Unit, waits: Callable[[object], bool]
    ) -> Receipt | Exception | None:
        """Try for as long as it takes: what is not stored is not confirmed."""
        tries = 0
        while True:
            self.health.troubles += 1
            await asyncio.sleep(backoff(tries, first=self._patience, most=30))
            tries += 1
            result = await self._attempt(work, unit)
            if not waits(result):
                return result
            _log.error("not_stored", update=work.update_id, tries=tries)

    async def _attempt(self, work: _Work, unit: Unit) -> Receipt | Exception | None:
        try:
            return await self._database.run(unit, lane=work.lane)
        except Exception as exc:  # noqa: BLE001  (judged by the caller)
            return exc

    async def _give_up(self, work: _Work, exc: Exception) -> None:
        """Bury one update and tell the person; if even that cannot be told, bury it alone."""
        _log.error("poison_update", update=work.update_id, kind=work.kind, error=where(exc))
        bury = partial(self._bury, work.update_id, work.kind, type(exc).__name__)
        result = await self._attempt(work, partial(bury, work.told))
        if away(result):
            result = await self._insist(work, partial(bury, work.told), away)
        if isinstance(result, Exception):
            result = await self._attempt(work, partial(bury, None))
        if isinstance(result, Exception):
            await self._insist(work, partial(bury, None), lambda it: isinstance(it, Exception))
        self.health.buried += 1
        self._on_wrote()

    def _settle(self, work: _Work, receipt: Receipt | None) -> None:
        receipt = receipt or Receipt()
        if work.press is not None:
            self._acks.put(Ack(work.press, receipt.note, receipt.settled))
        if receipt.closes is not None and work.told is not None:
            self._acks.put(Close(work.told.sender.telegram_id, receipt.closes))
        if receipt.fetches:
            self._on_fetch()
        if receipt.wrote:
            self._on_wrote()
        if receipt.rings_at is not None:
            self._on_due(receipt.rings_at)


def _waits(happened: object) -> bool:
    # One person's broken seal must not stop everybody; that the master key itself is the wrong
    # one shows when that person cannot even be told.
    return away(happened) and not isinstance(happened, SealBroken)
