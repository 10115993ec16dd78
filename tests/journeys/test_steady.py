"""The heartbeat believes the wall clock only while it is steady."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.clock.heartbeat import Heartbeat
from bot.store import outages, people, updates
from bot.store.dues import Due, ensure_due, take
from bot.store.vault import Vault
from bot.store.worker import Database
from bot.usecases.incoming import Receipt

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BEAT = 0.02


class Hands:
    """Both clocks of a machine; the wall clock can jump."""

    def __init__(self) -> None:
        self.wall, self.steady, self.looks = NOON, 0.0, 0

    def read(self) -> float:
        """Seconds of the clock that only goes forward; every look reads it once."""
        self.looks += 1
        return self.steady

    def go(self, seconds: float, jump: timedelta = timedelta(0)) -> None:
        """Time passes; the wall clock may jump besides."""
        self.steady += seconds
        self.wall += timedelta(seconds=seconds) + jump


async def _beats(heartbeat: Heartbeat, hands: Hands) -> None:
    """Waits until the heart has looked at the clock twice from now on, and has done so fully."""
    wanted = hands.looks + 3
    async with asyncio.timeout(60):
        while hands.looks < wanted:
            heartbeat.look()
            await asyncio.sleep(BEAT)


async def test_nothing_is_rung_until_a_leap_is_confirmed(
    open_database: Callable[..., Database],
) -> None:
    """25 hours ahead: silence for two beats, then one outage; and back: forgotten again."""
    hands, database = Hands(), open_database()
    heartbeat = _heartbeat(database, hands)
    running = asyncio.ensure_future(heartbeat.run())
    await _beats(heartbeat, hands)
    assert heartbeat.last_beat == NOON
    hands.go(15, timedelta(hours=25))
    await _beats(heartbeat, hands)  # the same reading again and again confirms nothing
    assert heartbeat.last_beat == NOON
    hands.go(15)
    await _beats(heartbeat, hands)
    assert heartbeat.last_beat == NOON
    hands.go(15)
    await _beats(heartbeat, hands)
    assert heartbeat.last_beat == hands.wall
    (found,) = await database.run(lambda session: outages.since(session, NOON))
    assert found.end - found.start > timedelta(hours=25)
    hands.go(15, timedelta(hours=-25))
    await _beats(heartbeat, hands)
    hands.go(15)
    await _beats(heartbeat, hands)
    assert heartbeat.last_beat == hands.wall
    assert await database.run(lambda session: outages.since(session, NOON)) == ()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_it_beats_by_itself_and_on_the_loop(open_database: Callable[..., Database]) -> None:
    """With the loop's own checks on: what is set from another thread is refused, and the clock
    stood still from then on."""
    hands = Hands()
    asyncio.get_running_loop().set_debug(True)
    running = asyncio.ensure_future(_heartbeat(open_database(), hands).run())
    async with asyncio.timeout(30):
        while hands.looks < 5:  # noqa: ASYNC110  it is what is counted
            await asyncio.sleep(BEAT)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_clock_put_wrong_while_we_were_away_is_noticed(
    open_database: Callable[..., Database],
) -> None:
    """Five hours away are believed at once; five hours in which the wall clock says thirty are a
    leap, and nothing is rung until it is confirmed."""
    hands, database = Hands(), open_database()
    for away, jump, is_believed in (
        (5 * 3600, timedelta(0), True),
        (5 * 3600, timedelta(hours=25), False),
        (5 * 3600, timedelta(hours=-25), False),
    ):
        before = _heartbeat(database, hands)
        running = asyncio.ensure_future(before.run())
        for _ in range(3):
            await _beats(before, hands)
            hands.go(15)
        await _beats(before, hands)
        assert before.last_beat == hands.wall
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        hands.go(away, jump)
        after = _heartbeat(database, hands)
        running = asyncio.ensure_future(after.run())
        await _beats(after, hands)
        assert (after.last_beat == hands.wall) is is_believed
        for _ in range(3):
            hands.go(15)
            await _beats(after, hands)
        assert after.last_beat == hands.wall
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_was_planned_by_a_clock_nobody_believed_is_looked_at_too(
    open_database: Callable[..., Database], vault: Vault
) -> None:
    """A year ahead for some seconds, in which somebody wrote of danger; and back again. Nothing was
    rung meanwhile, nothing was tidied away, and nobody waits a year for what was planned then."""
    hands, database, rung = Hands(), open_database(), asyncio.Event()
    maya = database.call(lambda s: people.welcome(s, vault, 7, "en", "UTC", NOON)).id
    database.call(partial(updates.first_time, bot_id=42, update_id=1, now=NOON))

    def rings(session: Session, due: Due, _: datetime) -> Receipt:
        assert take(session, due.id) == due
        rung.set()
        return Receipt()

    heartbeat = _heartbeat(database, hands, rings)
    running = asyncio.ensure_future(heartbeat.run())
    await _beats(heartbeat, hands)
    hands.go(15, timedelta(days=365))
    await _beats(heartbeat, hands)
    soon = hands.wall + timedelta(seconds=30)
    plan = partial(ensure_due, person=maya, kind="escalate", key="k")
    database.call(partial(plan, at=soon, now=hands.wall))
    hands.go(15, timedelta(days=-365))
    async with asyncio.timeout(30):
        while not rung.is_set():
            await _beats(heartbeat, hands)
            hands.go(15)
    assert not database.call(partial(updates.first_time, bot_id=42, update_id=1, now=NOON))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_leap_between_the_look_and_the_tidying_throws_nothing_away(
    open_database: Callable[..., Database],
) -> None:
    """The clock leaps a year while the journal is emptied: what is tidied away goes by the beat
    before, which was believed. By the clock, Telegram's numbers of today were a year old."""
    hands, database = Hands(), open_database()
    database.call(partial(updates.first_time, bot_id=42, update_id=1, now=NOON))

    def leaps() -> bool:
        hands.go(15, timedelta(days=365))
        return True

    heartbeat = _heartbeat(database, hands, empty_log=leaps)
    running = asyncio.ensure_future(heartbeat.run())
    await _beats(heartbeat, hands)
    assert not database.call(partial(updates.first_time, bot_id=42, update_id=1, now=NOON))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_whatever_rang_wakes_whoever_delivers(
    open_database: Callable[..., Database], vault: Vault
) -> None:
    """Also where the receipt tells of nothing: an alert that went up to somebody without a phone
    lay five seconds before the postman looked."""
    hands, database, woken = Hands(), open_database(), asyncio.Event()
    maya = database.call(lambda s: people.welcome(s, vault, 7, "en", "UTC", NOON)).id
    database.call(partial(ensure_due, person=maya, kind="escalate", at=NOON, key="k", now=NOON))

    def rings(session: Session, due: Due, _: datetime) -> Receipt:
        assert take(session, due.id) == due
        return Receipt()

    running = asyncio.ensure_future(_heartbeat(database, hands, rings, woken.set).run())
    async with asyncio.timeout(30):
        await woken.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def _heartbeat(
    database: Database,
    hands: Hands,
    rings: Callable[[Session, Due, datetime], Receipt] | None = None,
    on_wrote: Callable[[], None] = lambda: None,
    empty_log: Callable[[], bool] = lambda: True,
) -> Heartbeat:
    return Heartbeat(
        database,
        rings or _ring,
        clock=lambda: hands.wall,
        on_wrote=on_wrote,
        empty_log=empty_log,
        steady=hands.read,
        beat=BEAT,
        boot=7,
    )


def _ring(_: Session, __: Due, ___: datetime) -> Receipt:
    raise AssertionError("nothing is due")
