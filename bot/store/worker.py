"""The database thread: units of work that wait together are committed together, and what comes
while the first of them runs joins in.

A unit is a repeatable function of the session. Each runs in a SAVEPOINT of one transaction; a unit
that raises rolls back alone; nobody hears of success before the commit. If the transaction as a
whole breaks, every unit of it runs again, alone. Patient units (the clock's) wait until nothing
else does, and what has not begun when somebody writes to the bot is put back: whoever writes waits
for one of them at most.
"""

import asyncio
import concurrent.futures
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.store.waiting import Job, Queue

T = TypeVar("T")
Lane = UUID | bytes | int | None
_PAUSES = (0.01, 0.1, 0.5)
"""Seconds before a unit alone is tried again after a deadlock or a lost connection."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Any = None
    error: BaseException | None = None


class _Standing(IntEnum):
    """How a connection stands in its transaction, in the numbers of libpq (importing psycopg for
    them would cost every start on SQLite a tenth of a second)."""

    IDLE = 0
    ACTIVE = 1
    INTRANS = 2
    INERROR = 3
    UNKNOWN = 4


_OURS = _Standing.INTRANS


class _BrokenError(Exception):
    """The transaction cannot be saved by rolling back one unit."""


class Database:
    """Runs units of work; the only place that begins and commits transactions."""

    def __init__(
        self, engine: Engine, *, threads: int = 1, batch: int = 32, joins: float = 0.004
    ) -> None:
        """`joins` is for how many seconds from its beginning a transaction takes in what comes
        while it runs."""
        # SQLite has one writer; a second thread would only wait for the first.
        count = 1 if engine.dialect.name == "sqlite" else threads
        self.engine = engine
        self._batch = batch
        self._joins = joins
        self._queues = [Queue() for _ in range(count)]
        self._threads: list[threading.Thread] = []
        self._gate = threading.Lock()
        self._open = False

    def start(self) -> None:
        """Begin to serve."""
        with self._gate:
            if self._open:
                raise RuntimeError("the database is started already")
            self._open = True
            self._threads = [
                threading.Thread(
                    target=self._serve, args=(queue,), name=f"database-{number}", daemon=True
                )
                for number, queue in enumerate(self._queues)
            ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what waits, then end. What comes later is refused."""
        with self._gate:
            if not self._open:
                return
            self._open = False
            for queue in self._queues:
                queue.put(None)
        for thread in self._threads:
            thread.join()

    @property
    def is_in_order(self) -> bool:
        """Whether every unit sees what all units handed over before it wrote."""
        return len(self._queues) == 1

    def submit(
        self, unit: Callable[[Session], T], *, lane: Lane = None, patient: bool = False
    ) -> asyncio.Future[T]:
        """Hand a unit over now; its result will be there once it is committed. Units of one lane
        keep their order, save that a `patient` one lets those pass that are not."""
        loop = asyncio.get_running_loop()
        promise: asyncio.Future[T] = loop.create_future()
        self._enqueue(Job(unit, promise, loop, patient), lane)
        return promise

    async def run(
        self, unit: Callable[[Session], T], *, lane: Lane = None, patient: bool = False
    ) -> T:
        """Run a unit as `submit` does, and wait for it."""
        return await self.submit(unit, lane=lane, patient=patient)

    def call(self, unit: Callable[[Session], T], *, patient: bool = False) -> T:
        """Run a unit and wait for it; for the command line. Works without `start()`, too."""
        promise: concurrent.futures.Future[T] = concurrent.futures.Future()
        job = Job(unit, promise, None, patient)
        if not self._open:
            _keep_promises([(job, self._alone(unit))])
        else:
            self._enqueue(job, None)
        return promise.result()

    def _enqueue(self, job: Job, lane: Lane) -> None:
        with self._gate:
            if not self._open:
                raise RuntimeError("the database is stopped")
            number = 0 if lane is None else hash(lane) % len(self._queues)
            self._queues[number].put(job)

    def _serve(self, queue: Queue) -> None:
        going_on = True
        while going_on:
            jobs, going_on = queue.take(self._batch)
            outcomes = self._outcomes(jobs, queue if going_on else None)
            queue.put_back(jobs[len(outcomes) :])
            _resolve(jobs[: len(outcomes)], outcomes)

    def _outcomes(self, jobs: list[Job], queue: Queue | None) -> list[_Outcome]:
        """Those of all jobs, or of the first ones: the rest makes way for whoever waits. What comes
        at once is added to the jobs, and to their commit."""
        if not jobs:
            return []
        # What breaks the transaction is told to whoever it breaks again, alone.
        with suppress(Exception), self.engine.begin() as connection, ExitStack() as closing:
            began = time.monotonic()
            outcomes: list[_Outcome] = []
            session: Session | None = None
            while len(outcomes) < len(jobs):
                job = jobs[len(outcomes)]
                if outcomes and job.patient and queue is not None and queue.is_pressed:
                    break
                if session is None:
                    session = closing.enter_context(_joining(connection))
                outcomes.append(_attempt(connection, session, job.unit))
                if outcomes[-1].error is not None:
                    session = None  # nothing loaded by a unit that failed may be seen again
                is_early = time.monotonic() - began < self._joins
                if queue is not None and is_early and len(outcomes) == len(jobs):
                    jobs += queue.more(self._batch - len(jobs))
            return outcomes
        return [self._alone(job.unit) for job in jobs]

    def _alone(self, unit: Callable[[Session], Any]) -> _Outcome:
        for pause in _PAUSES:
            outcome = self._once(unit)
            if outcome.error is None or not _passing(outcome.error):
                return outcome
            time.sleep(pause)
        return self._once(unit)

    def _once(self, unit: Callable[[Session], Any]) -> _Outcome:
        try:
            with self.engine.begin() as connection:
                return _Outcome(_in_savepoint(connection, unit))
        except BaseException as error:  # noqa: BLE001  it belongs to whoever asked, even an exit
            return _Outcome(error=error)


def _in_savepoint(connection: Connection, unit: Callable[[Session], T]) -> T:
    with Session(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    ) as session:
        result = unit(session)
        session.commit()
        return result


class _Joined(Session):
    """A session within the transaction of its connection: it has no other one to look for, which
    SQLAlchemy would do before each statement."""

    _own: Connection | None = None

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        """The connection it was made for."""
        if self._own is None:
            self._own = super().connection(*args, **kwargs)
        return self._own


def _joining(connection: Connection) -> Session:
    """A session for several units: making one for each would be a twentieth of an update."""
    return _Joined(connection, join_transaction_mode="rollback_only", expire_on_commit=False)


def _attempt(connection: Connection, session: Session, unit: Callable[[Session], Any]) -> _Outcome:
    driver: Any = connection.connection.driver_connection
    whole = connection.get_transaction()
    # Straight through the driver: SQLAlchemy compiles every SAVEPOINT anew, a tenth of an update.
    driver.execute("SAVEPOINT unit")
    try:
        outcome = _Outcome(unit(session))
        session.flush()
    except BaseException as error:
        if _passing(error) or _status(connection) is _Standing.UNKNOWN:
            raise _BrokenError from error
        outcome = _Outcome(error=error)
        driver.execute("ROLLBACK TO SAVEPOINT unit")
    # A unit that rolled back its session rolled back everybody's work, even if it went on after.
    if connection.get_transaction() is not whole or _status(connection) is not _OURS:
        raise _BrokenError
    driver.execute("RELEASE SAVEPOINT unit")
    return outcome


def _status(connection: Connection) -> _Standing:
    """What the database itself thinks; it may have ended the transaction behind our back."""
    transaction = connection.get_transaction()
    if connection.invalidated or transaction is None or not transaction.is_active:
        return _Standing.UNKNOWN
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":  # it does so when, for instance, the disk is full
        return _OURS if driver.in_transaction else _Standing.UNKNOWN
    return _Standing(driver.info.transaction_status)


def _passing(error: BaseException) -> bool:
    """Whether trying again may help: a deadlock, a serialization failure, a lost connection."""
    return any(
        cause.connection_invalidated or str(getattr(cause.orig, "sqlstate", "")).startswith("40")
        for cause in _causes(error)
        if isinstance(cause, DBAPIError)
    )


def _causes(error: BaseException) -> list[BaseException]:
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:  # an error raised twice may be its own cause
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    return causes


def _resolve(jobs: list[Job], outcomes: list[_Outcome]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop | None, list[tuple[Job, _Outcome]]] = defaultdict(list)
    for job, outcome in zip(jobs, outcomes, strict=True):
        by_loop[job.loop].append((job, outcome))
    for loop, answered in by_loop.items():
        if loop is None:
            _keep_promises(answered)
        else:
            with suppress(RuntimeError):  # the loop has ended, and with it whoever asked
                loop.call_soon_threadsafe(_keep_promises, answered)


def _keep_promises(answered: list[tuple[Job, _Outcome]]) -> None:
    for job, outcome in answered:
        if job.promise.done():  # the caller was cancelled; the unit is committed all the same
            continue
        match outcome.error:
            case None:
                job.promise.set_result(outcome.result)
            case StopIteration() as error:  # a future refuses it, and the others must not suffer
                job.promise.set_exception(RuntimeError(repr(error)))
            case error:
                job.promise.set_exception(error)
