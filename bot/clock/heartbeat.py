"""The heartbeat: looks every 15 seconds for what is due, and at once when something falls due
sooner. APScheduler beats; what happens and when is decided by `usecases.ring`."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlmodel import Session

from bot.care.cadence import Beat, Trust, trust
from bot.store.dues import Due
from bot.store.worker import Database
from bot.usecases import pulse, ring
from bot.usecases.incoming import Receipt
from bot.usecases.tidy import tidy

BEAT = 15.0
"""Seconds between two looks."""
TIDY = timedelta(hours=1)
AT_ONCE = 32
"""So many due moments are queued at a time; what somebody writes meanwhile passes them."""
NOT_MOVED = timedelta(0)

_log = structlog.get_logger(__name__)

Ring = Callable[[Session, Due, datetime], Receipt]


class Heartbeat:
    """Holds the next planned look in memory only: losing it costs at most one beat."""

    def __init__(
        self,
        database: Database,
        ring_one: Ring,
        *,
        clock: Callable[[], datetime],
        on_wrote: Callable[[], None],
        empty_log: Callable[[], bool],
        steady: Callable[[], float],
        moved: Callable[[], timedelta] = lambda: NOT_MOVED,
        beat: float = BEAT,
        boot: int = 1,
    ) -> None:
        """`steady` are seconds of a clock that only goes forward; `moved` is how far the clock was
        moved on purpose so far, as it is in the playground; `boot` names this start of this
        machine, under which `steady` of an earlier process may be compared."""
        self._boot = boot
        self._database = database
        self._ring = ring_one
        self._clock = clock
        self._on_wrote = on_wrote
        self._empty_log = empty_log
        self._log_is_empty = False  # what a killed process erased may stand in it still
        self._beat = beat
        self._steady = steady
        self._moved = moved
        self._trust: Trust | None = None
        self._written: Beat | None = None
        self._moved_before = moved()
        self._went_back = False  # since the last beat that was written down
        self._look = asyncio.Event()
        self._next: asyncio.TimerHandle | None = None
        self._tidied: datetime | None = None
        self.last_beat: datetime | None = None

    def look(self) -> None:
        """Asks for a look now, for instance because the clock was moved."""
        self._look.set()

    def expect(self, at: datetime) -> None:
        """Something falls due at this moment (UTC): look then, if that is before the next beat."""
        seconds = (at - self._clock()).total_seconds()
        if seconds >= self._beat:
            return
        if self._next is not None:
            loop = asyncio.get_running_loop()
            if self._next.when() > loop.time() and self._next.when() <= loop.time() + seconds:
                return
            self._next.cancel()
        self._next = asyncio.get_running_loop().call_later(max(0.0, seconds), self.look)

    async def run(self) -> None:
        """Beats until cancelled; may be called again, whoever beat meanwhile."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # looks through all packages

        self._trust = self._written = None
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(
            self._struck,
            "interval",
            seconds=self._beat,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()
        try:
            while True:
                await self._ring_all()
                await self._empty()
                await self._tidy()
                await self._look.wait()
                self._look.clear()
        finally:
            scheduler.shutdown(wait=False)
            if self._next is not None:
                self._next.cancel()

    async def _struck(self) -> None:
        """A beat, on the loop: APScheduler calls what is no coroutine in a thread, and from there
        nobody may set an alarm of the loop's."""
        self._look.set()

    async def _empty(self) -> None:
        """Deleted words leave the journal too; when somebody is in the way, at the next beat."""
        if not self._log_is_empty:
            self._log_is_empty = await asyncio.to_thread(self._empty_log)

    async def _tidy(self) -> None:
        """By the beat that was believed, not by the clock, which may leap a moment later: what is
        old goes, and there is no way back."""
        if self._trust is None or not self._trust.may_send:
            return
        now = self._trust.beat.wall
        if self._tidied is not None and timedelta(0) <= now - self._tidied < TIDY:
            return
        try:
            await self._database.run(partial(tidy, now=now))
        except Exception as error:  # noqa: BLE001 # it has time; the next beat tries again
            _log.error("not_tidied", error=type(error).__name__)
            return
        self._tidied = now

    async def _may_ring(self) -> bool:
        """Whether the clock is believed; then the beat is written down."""
        now = Beat(self._clock(), self._steady())
        before = self._trust
        try:
            self._trust = await self._resumed(now) if before is None else trust(before, now)
        except Exception as error:  # noqa: BLE001 # a database that is away comes back
            _log.error("no_beat", error=type(error).__name__)
            return False
        self._went_back |= self._trust.jumped_back
        if self._trust.step:
            _log.critical("clock_stepped", seconds=round(self._trust.step.total_seconds()))
        elif before is not None and before.waits and self._is_soon(now, before.beat):
            self._trust = before  # too soon to confirm anything
        if not self._trust.may_send:
            return False
        if self._written is not None and self._is_soon(now, self._written):
            return True
        moved = self._moved()
        try:
            since = moved - self._moved_before
            beat = partial(pulse.beat, now=now, moved=since, boot=self._boot)
            await self._database.run(partial(beat, went_back=self._went_back))
        except Exception as error:  # noqa: BLE001 # a database that is away comes back
            _log.error("no_beat", error=type(error).__name__)
            return False
        self._written, self._moved_before, self._went_back = now, moved, False
        return True

    async def _resumed(self, now: Beat) -> Trust:
        """A clock that was put wrong while we were away is noticed like one that jumps."""
        return await self._database.run(partial(pulse.resume, now=now, boot=self._boot))

    def _is_soon(self, now: Beat, before: Beat) -> bool:
        return now.steady - before.steady < self._beat / 2

    async def _ring_all(self) -> None:
        """Everything due by now, batch by batch; what fails stays due for the next beat. Each batch
        goes by a reading of the clock that is believed: it may leap between two."""
        failed: set[object] = set()
        while await self._may_ring():
            assert self._trust is not None
            now = self._trust.beat.wall
            try:
                many = AT_ONCE + len(failed)
                found = await self._database.run(partial(ring.look, now=now, limit=many))
            except Exception as error:  # noqa: BLE001 # a database that is away comes back
                _log.error("no_look", error=type(error).__name__)
                return
            self.last_beat = now
            ripe = [due for due in found.ripe if due.id not in failed]
            if not ripe:
                if found.next_at is not None and found.next_at > now:
                    self.expect(found.next_at)
                return
            results = await asyncio.gather(
                *(
                    self._database.run(partial(self._one, due), lane=due.person, patient=True)
                    for due in ripe
                ),
                return_exceptions=True,
            )
            failed |= self._settled(ripe, results)
            if any(isinstance(result, Receipt) and result.erased for result in results):
                self._log_is_empty = False

    def _one(self, due: Due, session: Session) -> Receipt:
        return self._ring(session, due, self._clock())

    def _settled(self, ripe: list[Due], results: list[Receipt | BaseException]) -> set[object]:
        failed: set[object] = set()
        for due, result in zip(ripe, results, strict=True):
            if isinstance(result, Exception):
                _log.error(
                    "due_failed", due=str(due.id), kind=due.kind, error=type(result).__name__
                )
                failed.add(due.id)
            elif isinstance(result, BaseException):
                raise result
            else:
                if result.rings_at is not None:
                    self.expect(result.rings_at)
        if len(failed) < len(ripe):
            self._on_wrote()  # a receipt knows of one person's chat, and of no e-mail
        return failed
