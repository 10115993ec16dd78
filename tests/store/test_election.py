"""One process at a time holds an office; whoever loses the session loses the office at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.store import bell
from bot.store.bell import Bell
from bot.store.election import Election, leaders, there
from bot.store.offices import Office
from bot.store.worker import Database

POLL, CLOCK, SENDER = Office


@pytest.fixture
def database_kind() -> str:
    """Elections are PostgreSQL's; on SQLite one process is all there is."""
    return "postgresql"


class Candidate:
    """A process that stands for election."""

    def __init__(self, url: str, name: str, *offices: Office) -> None:
        self.heard: list[str] = []
        self.election = Election(url, offices, self.heard.append, name=name, every=0.05)

    @asynccontextmanager
    async def standing(self) -> AsyncIterator["Candidate"]:
        """While the block runs."""
        task = asyncio.ensure_future(self.election.run())
        yield self
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def hears(self, many: int) -> None:
        """Waits for so many words."""
        async with asyncio.timeout(20):
            while True:
                if len(self.heard) >= many:
                    return
                await asyncio.sleep(0.01)

    async def wins(self, office: Office) -> None:
        """Waits for it."""
        await asyncio.wait_for(self.election.won(office), 20)


@pytest.fixture
def candidate(database_url: str) -> Callable[..., Candidate]:
    """`candidate("a", POLL)`: one more."""
    return lambda name, *offices: Candidate(database_url, name, *offices)


def end_session(session: Session, name: str) -> None:
    """The database ends a session, as it does with one that says nothing for long."""
    found = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name"
    )
    session.connection().execute(found, {"name": f"between {name}"})


async def test_one_leads_and_the_next_takes_over(
    candidate: Callable[..., Candidate], database: Database
) -> None:
    """An office given up is taken by whoever waits; offices are won one by one."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(candidate("first", POLL, CLOCK).standing())
        await first.wins(POLL)
        await first.wins(CLOCK)
        async with candidate("second", CLOCK, SENDER).standing() as second:
            await second.wins(SENDER)
            assert not second.election.holds(CLOCK)
            assert not second.election.holds(POLL)
            found = await database.run(leaders)
            assert found == {POLL: "first", CLOCK: "first", SENDER: "second"}
            assert await database.run(there) == {"first", "second"}
        third = await stack.enter_async_context(candidate("third", SENDER).standing())
        await third.wins(SENDER)
        assert await database.run(there) == {"first", "third"}


async def test_who_loses_the_session_stops_and_stands_again(
    candidate: Callable[..., Candidate], database: Database
) -> None:
    """The leader hears of it by itself; with nobody else there, it is elected again."""
    async with candidate("only", POLL).standing() as only:
        await only.wins(POLL)
        await database.run(partial(end_session, name="only"))
        await asyncio.wait_for(only.election.lost(POLL), 20)
        await only.wins(POLL)
        assert only.heard == ["all", "all"]


async def test_two_for_one_office(candidate: Callable[..., Candidate], database: Database) -> None:
    """Whichever leads: when its session ends, the other one leads, and never both."""
    async with (
        candidate("one", SENDER).standing() as one,
        candidate("other", SENDER).standing() as other,
    ):
        for _ in range(4):
            waiting = [asyncio.ensure_future(each.wins(SENDER)) for each in (one, other)]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            held = [each.election.holds(SENDER) for each in (one, other)]
            assert held.count(True) == 1
            for task in waiting:
                task.cancel()
            name = "one" if held[0] else "other"
            await database.run(partial(end_session, name=name))
            leader = one if held[0] else other
            await asyncio.wait_for(leader.election.lost(SENDER), 20)


async def test_words_reach_all_once_they_have_committed(
    candidate: Callable[..., Candidate], database: Database
) -> None:
    """A bell is heard by everyone; what is rolled back is never said."""

    def fails(session: Session) -> None:
        bell.call(session, ["never"])
        raise ValueError("halfway")

    async with candidate("one").standing() as one, candidate("other").standing() as other:
        await asyncio.gather(one.hears(1), other.hears(1))
        with pytest.raises(ValueError, match="halfway"):
            await database.run(fails)
        ringer = Bell(database)
        ringing = asyncio.ensure_future(ringer.run())
        for word in ("outbox", "outbox", "due 2026-03-02T09:00:00+00:00"):
            ringer.ring(word)
        await asyncio.gather(one.hears(3), other.hears(3))
        ringing.cancel()
        with suppress(asyncio.CancelledError):
            await ringing
        words = ["due 2026-03-02T09:00:00+00:00", "outbox"]
        assert [sorted(each.heard[1:]) for each in (one, other)] == [words, words]
