"""Delivers the outbox: claims, waits for each parcel's turn, sends, records what became of it."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from sqlmodel import Session

from bot.catalog.media import Media
from bot.messages.message import Message, goes_beside
from bot.store import outbox
from bot.store.outbox import Kind, Parcel
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.telegram.app import Api
from bot.telegram.counts import Counts
from bot.telegram.delivery import LEASE, Build, Delivery, Draw
from bot.telegram.outcome import Refused, Sent
from bot.telegram.pacer import Pacer
from bot.telegram.patience import away, backoff, where
from bot.telegram.rates import Rates
from bot.telegram.results import Results, Unit
from bot.telegram.uploads import Uploads
from bot.telegram.waiting import Held, Waiting

_log = structlog.get_logger(__name__)

Alive = Callable[[Session], Collection[str]]
"""The names of all senders that are still there."""

_TRICKLE: Final = 4
_RECOVER_EVERY: Final = 10.0


class Sender:
    """One per process. It keeps in memory only what the outbox's leases can restore."""

    def __init__(
        self,
        bot: Api,
        database: Database,
        vault: Vault,
        *,
        owner: str,
        clock: Callable[[], datetime],
        draw: Draw,
        build: Build,
        rates: Rates,
        media: Media | None = None,
        alive: Alive | None = None,
        flight: int = 64,
        tick: float = 1.0,
    ) -> None:
        """`alive` tells which other senders are still there; without it, those on PostgreSQL count
        as alive until their lease is over. `flight` is how many messages may be on their way at a
        time: with answers 40 ms late, half as many held up a quarter of all answers."""
        self._alive = alive
        self._database = database
        self._vault = vault
        self._owner = owner
        self._clock = clock
        self._rates = rates
        self._flight = flight
        self._tick = tick
        self.counts = Counts()
        self.pacer = Pacer(bot, rates)
        bot_id = int(bot.token.partition(":")[0])
        uploads = Uploads(media or Media(), database, bot_id, clock)
        self._delivery = Delivery(bot, draw, build, uploads, self.counts)
        self._results = Results(owner, clock, rates, self.counts)
        self._waiting = Waiting(rates, flight)
        self._done: list[tuple[UUID, Unit]] = []
        self._hungry = True  # something may be claimable
        self._woken = False  # something new was written, perhaps urgent
        self._handed = 0  # how often units were handed over that may write messages
        self._claimed = 0  # and how many of these times we have asked since
        self._look_at = 0.0
        self._recover_at = 0.0
        self._recovered = False
        self._stopping = False
        self._stopped = asyncio.Event()
        self._stopped.set()
        self._event = asyncio.Event()

    def wake(self) -> None:
        """Say that something new waits in the outbox (from the loop's own thread)."""
        self._hungry = self._woken = True
        self._event.set()

    def follow(self) -> int:
        """Units that may write messages were just handed to the database (from the loop's thread):
        claim right behind them, in their transaction if the database has one thread. Their number
        is for `follows`."""
        self._handed += 1
        self.wake()
        return self._handed

    def follows(self, number: int) -> bool:
        """Whether a claim was handed over behind those units, so that nobody needs to wake us."""
        return self._database.is_in_order and self._claimed >= number

    async def run(self) -> None:
        """Deliver until cancelled or drained; may be called again after that."""
        self._stopping = False
        self._recover_at = 0.0
        self._hungry = True
        self._stopped.clear()
        try:
            async with asyncio.TaskGroup() as group:
                await self._deliver(group)
                self.pacer.stop_all()
        finally:
            self._stopped.set()

    async def drain(self, timeout: float) -> bool:  # noqa: ASYNC109  (part of shutting down)
        """Claim no more, wait for what is in flight and record it. True if all was recorded."""
        self._stopping = True
        self._event.set()
        try:
            async with asyncio.timeout(timeout):
                await self._stopped.wait()
        except TimeoutError:
            return False
        return not self._done and not self._waiting.flying

    async def _deliver(self, group: asyncio.TaskGroup) -> None:
        tries = 0
        while not self._finished():
            try:
                await self._recover()
                await self._exchange()
            except Exception as exc:  # noqa: BLE001  (whatever it is, people wait for messages)
                _log.error("outbox_not_updated", error=where(exc), results=len(self._done))
                self._hungry = True
                await asyncio.sleep(backoff(tries, first=0.1, most=10))
                tries += 1
                continue
            tries = 0
            self._launch(group)
            await self._sleep()

    def _finished(self) -> bool:
        if not self._stopping:
            return False
        self.pacer.stop_all()
        for parcel in self._waiting.give_back():
            self._done.append((parcel.person, self._results.later(parcel, 0, "stopped")))
        return not self._waiting.flying and not self._done

    async def _recover(self) -> None:
        """At the start everything `sending` on SQLite is orphaned; later, what outlived its lease.

        Results that wait to be recorded go first: they know better.
        """
        now = asyncio.get_running_loop().time()
        if now < self._recover_at or self._done:
            return
        if await self._database.run(partial(self._orphans, now=self._clock())):
            self._hungry = True
        self._recovered = True
        self._recover_at = now + _RECOVER_EVERY

    def _orphans(self, session: Session, now: datetime) -> int:
        if self._alive is not None:
            others = self._alive(session)
            return outbox.recover(
                session, now, owner_alive=lambda it: it == self._owner or it in others
            )
        alive = (lambda _: True) if self._recovered else None
        return outbox.recover(session, now, owner_alive=alive)

    async def _exchange(self) -> None:
        """Record what is done and claim what comes next, in one unit of work."""
        now = asyncio.get_running_loop().time()
        due = now >= self._look_at
        done, self._done = self._done, []
        self._hungry = self._waiting.rested(now) or self._hungry or due or bool(done)
        room = self._room(now, due) if self._hungry else 0
        if due:
            self._look_at = now + self._tick
        if not done and not room:
            return
        self._waiting.free(person for person, _ in done)
        if room:
            # Before the claim: a wake() in the middle of it may be about what it no longer saw.
            self._hungry = self._woken = False
            self._claimed = self._handed
        try:
            parcels = await self._database.run(self._unit(done, room))
        except BaseException as exc:
            await self._keep(done, exc)
            raise
        self._accept(parcels, room)

    def _unit(self, done: list[tuple[UUID, Unit]], room: int) -> Callable[[Session], list[Parcel]]:
        busy = tuple(self._waiting.busy)

        def unit(session: Session) -> list[Parcel]:
            for _, record in done:
                record(session)
            if not room:
                return []
            return outbox.claim(
                session,
                self._vault,
                owner=self._owner,
                # Read here: what was written right before this would else lie in the future.
                now=self._clock(),
                lease=timedelta(seconds=LEASE),
                limit=room,
                busy=busy,
            )

        return unit

    def _accept(self, parcels: list[Parcel], room: int) -> None:
        if not room:
            return
        if len(parcels) >= room:
            self._hungry = True
            self._woken = self._woken or any(parcel.kind <= Kind.REPLY for parcel in parcels)
        for parcel in parcels:
            if not goes_beside(parcel.body):
                self.pacer.stop(parcel.chat_id)
        self._waiting.hold(parcels, asyncio.get_running_loop().time())

    async def _keep(self, done: list[tuple[UUID, Unit]], exc: BaseException) -> None:
        """Lose no result because of another one that cannot be recorded."""
        if away(exc) or not isinstance(exc, Exception):
            self._done = done + self._done
            return
        for person, record in done:
            try:
                await self._database.run(record)
            except Exception as again:  # noqa: BLE001
                if away(again):
                    self._done.append((person, record))
                else:  # its lease runs out, and then it counts as unknown
                    self.counts.lost += 1
                    _log.error("result_lost", error=where(again))

    def _room(self, now: float, due: bool) -> int:
        if self._stopping:
            return 0
        if self._rates.paused(now):
            # One look a second finds an alert, the only thing that may leave: it is the trial.
            return int(due)
        room = self._waiting.room()
        if len(self._waiting):
            # Only what is patient is held. A few more are claimed to find what is urgent.
            room = min(room, _TRICKLE)
        if self._woken and not room and len(self._waiting) < self._flight:
            room = _TRICKLE
        allowed = self._rates.room(now)
        return room if allowed is None else min(room, allowed)

    def _launch(self, group: asyncio.TaskGroup) -> None:
        go, back = self._waiting.ready(asyncio.get_running_loop().time())
        for held in go:
            group.create_task(self._carry(group, held))
        for parcel, wait in back:
            self._done.append((parcel.person, self._results.later(parcel, wait, "waiting")))
            self._event.set()

    async def _carry(self, group: asyncio.TaskGroup, held: Held) -> None:
        """Send one parcel; whatever happens, something is recorded."""
        parcel = held.parcel
        try:
            message = Message.model_validate_json(parcel.body)
            result = await self._delivery.deliver(parcel, message, held.since)
            record = self._results.unit(parcel, result)
            if isinstance(result, Sent) and not self._stopping:
                shown = message if result.file_id is not None else message.bare
                self.pacer.begin(group, parcel.chat_id, result.message_id, shown)
        except Exception as exc:  # noqa: BLE001  (our bug: this parcel fails, the others go on)
            self.counts.broken += 1
            _log.error("parcel_broken", parcel=parcel.id, error=where(exc))
            record = self._results.unit(parcel, Refused(type(exc).__name__))
        self._waiting.landed(parcel, asyncio.get_running_loop().time())
        self._done.append((parcel.person, record))
        self._event.set()

    async def _sleep(self) -> None:
        """Until woken, or until something changes by itself."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        moments = [self._look_at - now, self._recover_at - now, *self._waiting.moments(now)]
        if self._hungry and not self._rates.paused(now) and self._waiting.room():
            moments.append(self._rates.overall_wait(now))
        alarm = loop.call_later(max(0.0, min(moments)), self._event.set)
        try:
            await self._event.wait()
        finally:
            alarm.cancel()
            self._event.clear()
