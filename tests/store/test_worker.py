"""Units that wait together share a commit, and nothing else."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.store import people
from bot.store.people import Participant
from bot.store.tables import ParticipantRow, PersonKeyRow
from bot.store.vault import Vault
from bot.store.worker import Database

Open = Callable[..., Database]


def _execute(*statements: str) -> Callable[[Session], None]:
    def unit(session: Session) -> None:
        for statement in statements:
            session.connection().execute(text(statement))

    return unit


def _numbers(session: Session) -> list[int]:
    return list(session.connection().execute(text("SELECT id FROM note ORDER BY id")).scalars())


@pytest.fixture
def notes(database: Database) -> Database:
    """A database with a table to write numbers in, some of which only the commit refuses."""
    database.call(
        _execute(
            "CREATE TABLE note (id INTEGER PRIMARY KEY)",
            "CREATE TABLE reply (id INTEGER PRIMARY KEY, note_id INTEGER "
            "REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)",
        )
    )
    return database


@pytest.fixture
def hold(notes: Database) -> Iterator[Callable[[], None]]:
    """Keeps the database thread busy until called, so that what waits becomes one batch."""
    free = threading.Event()
    busy = threading.Event()

    def wait(_: Session) -> None:
        busy.set()
        free.wait()

    pool = ThreadPoolExecutor(1)
    pool.submit(notes.call, wait)
    busy.wait()
    yield free.set
    free.set()
    pool.shutdown()


def _note(number: int) -> Callable[[Session], int]:
    def unit(session: Session) -> int:
        session.connection().execute(text("INSERT INTO note VALUES (:id)"), {"id": number})
        return number

    return unit


def _note_and_fail(number: int, error: Exception) -> Callable[[Session], None]:
    def unit(session: Session) -> None:
        _note(number)(session)
        raise error

    return unit


def _poison(number: int) -> Callable[[Session], int]:
    """Succeeds, and makes the commit fail: it answers a note that does not exist."""

    def unit(session: Session) -> int:
        session.connection().execute(
            text("INSERT INTO reply VALUES (:id, :note)"), {"id": number, "note": 1000 + number}
        )
        return number

    return unit


async def _batch(database: Database, free: Callable[[], None], *units: Any) -> list[Any]:
    asked = [asyncio.ensure_future(database.run(unit)) for unit in units]
    await asyncio.sleep(0)
    free()
    return await asyncio.gather(*asked, return_exceptions=True)


async def test_failing_unit_is_alone(notes: Database, hold: Callable[[], None]) -> None:
    """A unit that raises leaves nothing behind, and the others of its batch nothing to regret."""
    boom = ValueError("boom")
    answers = await _batch(notes, hold, _note(1), _note_and_fail(2, boom), _note(3))
    assert answers == [1, boom, 3]
    assert notes.call(_numbers) == [1, 3]


async def test_refused_row_is_alone(notes: Database, hold: Callable[[], None]) -> None:
    """A row the database refuses, through Core or the ORM, harms only its own unit."""

    def same_key_twice(session: Session) -> None:
        session.add(PersonKeyRow(participant_id=UUID(int=1), wrapped=b"", master_version=1))
        session.flush()
        session.expunge_all()
        session.add(PersonKeyRow(participant_id=UUID(int=1), wrapped=b"", master_version=1))
        session.flush()

    answers = await _batch(notes, hold, _note(1), _note(1), same_key_twice, _note(2))
    assert [type(answer) for answer in answers] == [int, IntegrityError, IntegrityError, int]
    assert notes.call(_numbers) == [1, 2]
    assert notes.call(lambda session: session.exec(select(PersonKeyRow)).all()) == []


async def test_session_rolled_back(notes: Database, hold: Callable[[], None]) -> None:
    """A unit that rolls back its own session, or swallows an error, undoes nobody else's work."""

    def thinks_again(session: Session) -> int:
        _note(7)(session)
        session.rollback()
        return _note(2)(session)

    def swallows(session: Session) -> int:
        with suppress(IntegrityError), session.begin_nested():
            _note(1)(session)
        return _note(4)(session)

    answers = await _batch(notes, hold, _note(1), thinks_again, _note(3), swallows)
    assert answers == [1, 2, 3, 4]
    assert notes.call(_numbers) == [1, 2, 3, 4]


async def test_answered_after_commit(
    notes: Database, open_database: Open, hold: Callable[[], None]
) -> None:
    """Whoever is answered can see what was written from another connection."""
    other = open_database()

    async def write(number: int) -> bool:
        await notes.run(_note(number))
        return number in await other.run(_numbers)

    asked = [asyncio.ensure_future(write(number)) for number in range(20)]
    await asyncio.sleep(0.05)
    assert not any(future.done() for future in asked)
    hold()
    assert all(await asyncio.gather(*asked))


async def test_refused_commit(notes: Database, hold: Callable[[], None]) -> None:
    """If the commit fails, nobody is told it went well; the innocent are run again alone."""
    answers = await _batch(notes, hold, _note(1), _poison(2), _note(3), _poison(4))
    assert [type(answer) for answer in answers] == [int, IntegrityError, int, IntegrityError]
    assert notes.call(_numbers) == [1, 3]
    replies = notes.call(lambda s: s.connection().execute(text("SELECT id FROM reply")).all())
    assert replies == []


def test_refused_commit_blocking(notes: Database) -> None:
    """The command line, too, hears of a commit that failed, with and without the thread."""
    with pytest.raises(IntegrityError):
        notes.call(_poison(1))
    notes.stop()
    with pytest.raises(IntegrityError):
        notes.call(_poison(1))
    assert notes.call(_note(1)) == 1


async def test_whole_transaction_lost(notes: Database, hold: Callable[[], None]) -> None:
    """If a unit ends the transaction of all, all are run again and none is lost."""
    attempts = []

    def ends_it_once(session: Session) -> int:
        attempts.append(1)
        if len(attempts) == 1:
            session.connection().exec_driver_sql("ROLLBACK")
            raise ValueError("the transaction is gone")
        return _note(2)(session)

    answers = await _batch(notes, hold, _note(1), ends_it_once, _note(3))
    assert answers == [1, 2, 3]
    assert notes.call(_numbers) == [1, 2, 3]


async def test_connection_lost(
    notes: Database, hold: Callable[[], None], database_kind: str
) -> None:
    """A connection that breaks in the middle costs nobody their work."""
    if database_kind == "sqlite":
        pytest.skip("a file has no connection to lose")
    attempts = []

    def loses_it_once(session: Session) -> int:
        attempts.append(1)
        if len(attempts) == 1:
            _execute("SELECT pg_terminate_backend(pg_backend_pid())")(session)
        return _note(2)(session)

    assert await _batch(notes, hold, _note(1), loses_it_once, _note(3)) == [1, 2, 3]
    assert notes.call(_numbers) == [1, 2, 3]


def test_two_units_that_wait_for_each_other_both_succeed(
    open_database: Open, vault: Vault, meet: Callable[[], Participant]
) -> None:
    """Two units that wait for each other's person both succeed in the end."""
    meet(), meet()
    meeting = threading.Barrier(2)

    def both(first: int, second: int) -> Callable[[Session], None]:
        def unit(session: Session) -> None:
            people.find(session, vault, first)
            # The other one cannot come if this is its second try, or on SQLite.
            with suppress(threading.BrokenBarrierError):
                meeting.wait(0.5)
            found = people.find(session, vault, second)
            assert found is not None
            people.set_zone(session, found.id, f"{found.zone}+")

        return unit

    with ThreadPoolExecutor(2) as pool:
        a, b = 700_000_001, 700_000_002
        one = pool.submit(open_database().call, both(a, b))
        two = pool.submit(open_database().call, both(b, a))
        assert (one.result(), two.result()) == (None, None)


@pytest.mark.parametrize("threads", [1, 3])
async def test_lanes_keep_order(open_database: Open, threads: int) -> None:
    """Units of one lane run in the order they were asked, however many threads there are."""
    database = open_database(threads=threads, batch=4)
    lanes: list[Any] = [UUID(int=5), b"telegram", 77, 78, None]
    seen: dict[Any, list[int]] = {lane: [] for lane in lanes}

    def note(lane: Any, number: int) -> Callable[[Session], None]:
        return lambda _: seen[lane].append(number)

    await asyncio.gather(
        *(database.run(note(lane, n), lane=lane) for n in range(40) for lane in lanes)
    )
    assert seen == {lane: list(range(40)) for lane in lanes}


async def test_threads_side_by_side(open_database: Open, database_kind: str) -> None:
    """PostgreSQL serves two lanes at the same time; SQLite never has two writers."""
    database = open_database(threads=2)
    meeting = threading.Barrier(2)

    def wait(_: Session) -> bool:
        try:
            meeting.wait(20 if database_kind == "postgresql" else 0.2)
        except threading.BrokenBarrierError:
            return False
        return True

    met = await asyncio.gather(database.run(wait, lane=0), database.run(wait, lane=1))
    assert list(met) == [database_kind == "postgresql"] * 2


async def test_caller_gone(notes: Database, hold: Callable[[], None]) -> None:
    """A caller that gives up waiting does not keep the others from their answers."""
    gone = asyncio.ensure_future(notes.run(_note(1)))
    await asyncio.sleep(0)
    gone.cancel()
    assert await _batch(notes, hold, _note(2)) == [2]
    assert notes.call(_numbers) == [1, 2]


@pytest.mark.parametrize("error", [StopIteration("odd"), SystemExit(3), KeyboardInterrupt()])
async def test_odd_errors(notes: Database, hold: Callable[[], None], error: BaseException) -> None:
    """No exception, however odd, ends the database thread or leaves anybody waiting."""

    def unit(_: Session) -> None:
        raise error

    asked = asyncio.ensure_future(notes.run(_note(1)))
    odd = notes.call
    hold()
    with pytest.raises((RuntimeError, type(error))):
        odd(unit)
    assert await asked == 1
    assert notes.call(_numbers) == [1]


def test_nothing_leaks_between_units(database: Database, meet: Callable[[], Participant]) -> None:
    """What a unit loaded and changed before it failed is not seen by the next."""
    person = meet()
    one = select(ParticipantRow).where(col(ParticipantRow.id) == person.id)

    def change_and_fail(session: Session) -> None:
        session.exec(one).one().language = "xx"
        session.flush()
        raise ValueError("after all")

    with pytest.raises(ValueError, match="after all"):
        database.call(change_and_fail)
    assert database.call(lambda session: session.exec(one).one().language) == "en"


async def test_stop_finishes(notes: Database) -> None:
    """Stopping finishes what waits; what comes later is refused."""

    def slow(session: Session) -> int:
        time.sleep(0.05)
        return _note(1)(session)

    asked = [asyncio.ensure_future(notes.run(unit)) for unit in (slow, _note(2), _note(3))]
    await asyncio.sleep(0)
    await asyncio.to_thread(notes.stop)
    assert await asyncio.gather(*asked) == [1, 2, 3]
    with pytest.raises(RuntimeError, match="stopped"):
        await notes.run(_note(4))
    assert notes.call(_numbers) == [1, 2, 3]


def test_started_once(database: Database) -> None:
    """A second start is a mistake and says so."""
    with pytest.raises(RuntimeError, match="started already"):
        database.start()


async def test_patient_units_make_way(notes: Database, hold: Callable[[], None]) -> None:
    """What somebody waits for passes the clock's units, also those taken with the batch already;
    nothing is lost by making way."""
    done: list[str] = []
    queued = threading.Event()
    loop = asyncio.get_running_loop()

    def unit(name: str) -> Callable[[Session], None]:
        return lambda _: done.append(name)

    async def write() -> None:
        reply = asyncio.ensure_future(notes.run(unit("reply")))
        await asyncio.sleep(0)
        queued.set()
        await reply

    def first(_: Session) -> None:
        done.append("first")
        asyncio.run_coroutine_threadsafe(write(), loop)
        queued.wait()

    waiting = asyncio.gather(
        notes.run(first, patient=True),
        *(notes.run(unit(name), patient=True) for name in ("second", "third")),
    )
    await asyncio.sleep(0)
    hold()
    await waiting
    assert done == ["first", "reply", "second", "third"]


@pytest.mark.parametrize("joins", [0.0, 600.0])
async def test_what_comes_meanwhile_joins(open_database: Open, joins: float) -> None:
    """A unit handed over while another runs shares its commit, for so long as is allowed."""
    database = open_database(joins=joins)
    loop = asyncio.get_running_loop()
    began, queued = asyncio.Event(), threading.Event()
    transactions: list[Any] = []

    def note(session: Session) -> None:
        transactions.append(session.connection().get_transaction())

    def first(session: Session) -> None:
        note(session)
        loop.call_soon_threadsafe(began.set)
        queued.wait()

    one = database.submit(first)
    await began.wait()
    two, three = database.submit(note), database.submit(note, patient=True)
    queued.set()
    await asyncio.gather(one, two, three)
    assert (transactions[0] is transactions[1]) is (joins > 0)
    assert transactions[2] is not transactions[0]


async def test_what_joined_is_run_again_too(open_database: Open, notes: Database) -> None:
    """If the commit fails of those that joined one another, each has its own outcome alone."""
    database = open_database(joins=600.0)
    loop = asyncio.get_running_loop()
    began, queued = asyncio.Event(), threading.Event()

    def first(session: Session) -> int:
        loop.call_soon_threadsafe(began.set)
        queued.wait()
        return _note(1)(session)

    one = database.submit(first)
    await began.wait()
    two, three = database.submit(_poison(2)), database.submit(_note(3))
    queued.set()
    found = await asyncio.gather(one, two, three, return_exceptions=True)
    assert (found[0], found[2]) == (1, 3)
    assert isinstance(found[1], IntegrityError)
    assert notes.call(_numbers) == [1, 3]
