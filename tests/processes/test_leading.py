"""The work of an office runs while the office is held, and calls go to whoever it is for."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from bot.store.bell import Bell
from bot.store.offices import Alone, Office
from bot.store.worker import Database
from bot.wiring.leading import lead
from bot.wiring.waking import DUE, OUTBOX, Waking


class Chair:
    """One office, given and taken at will."""

    def __init__(self) -> None:
        self.given, self.taken = asyncio.Event(), asyncio.Event()

    def give(self) -> None:
        """It is ours."""
        self.taken.clear()
        self.given.set()

    def take(self) -> None:
        """It is not ours any more."""
        self.given.clear()
        self.taken.set()

    def holds(self, _: Office) -> bool:
        """Whether it is ours."""
        return self.given.is_set()

    async def won(self, _: Office) -> None:
        """Waits for it."""
        await self.given.wait()

    async def lost(self, _: Office) -> None:
        """Waits for its loss."""
        await self.taken.wait()

    async def run(self) -> None:
        """Nothing to stand for."""


class Log:
    """What happened, and a way to wait for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def room(self) -> None:
        """Works until it is cancelled."""
        self.lines.append("begins")
        try:
            await asyncio.Event().wait()
        finally:
            self.lines.append("ends")

    async def drained(self) -> None:
        """What is in flight arrives."""
        self.lines.append("drains")

    async def has(self, many: int) -> None:
        """Waits for so many lines."""
        async with asyncio.timeout(20):
            while True:
                if len(self.lines) >= many:
                    return
                await asyncio.sleep(0.01)


async def test_the_work_begins_and_ends_with_the_office() -> None:
    """Each time it is won the rooms begin; when it is lost, what is in flight arrives first."""
    chair, log = Chair(), Log()
    leading = asyncio.ensure_future(lead(chair, Office.SENDER, {"room": log.room}, log.drained))
    for turn in range(2):
        chair.give()
        await log.has(3 * turn + 1)
        chair.take()
        await log.has(3 * turn + 3)
    leading.cancel()
    with suppress(asyncio.CancelledError):
        await leading
    assert log.lines == ["begins", "drains", "ends"] * 2


async def test_what_breaks_in_a_room_ends_the_process() -> None:
    """A room that cannot go on is not hidden by the office it belongs to."""

    async def breaks() -> None:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup) as caught:
        await lead(Alone(), Office.POLL, {"room": breaks})
    assert caught.group_contains(ZeroDivisionError)


class Ringer(Bell):
    """A bell whose words are kept."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.words: list[str] = []

    def ring(self, word: str) -> None:
        """Keeps it."""
        self.words.append(word)


async def test_a_call_stays_here_or_goes_out(database: Database) -> None:
    """Whoever holds the office is woken at once; others are called, and hear all after a gap."""
    chair, here, bell = Chair(), list[str](), Ringer(database)
    waking = Waking(chair, bell)
    waking.here = {OUTBOX: lambda _: here.append("outbox"), DUE: lambda at: here.append(at)}
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    waking.wake(OUTBOX)
    waking.expect(at)
    assert here == []
    assert bell.words == ["outbox", f"due {at.isoformat()}"]
    for word in (*bell.words, "all", "nonsense"):
        waking.heard(word)
    assert here == ["outbox", at.isoformat(), "outbox"]
    chair.give()
    waking.expect(at)
    assert here[-1] == at.isoformat()
    assert len(bell.words) == 2
