"""A crowd goes through exercises, check-ins come due and partners nudge each other while the bot is
killed, frozen and cut off again and again; then everything is counted.

The bot is real processes on a real database; Telegram is the playground, with its faults.
"""

import asyncio
import random
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.usecases.set_up import Known
from bot.wiring import Clock
from tests.cast import enrol, members
from tests.faults import counting, flight, nudging
from tests.faults.bots import Running, Stable, stable
from tests.faults.counting import Tally
from tests.faults.nudging import PHRASES, Partner
from tests.faults.people import Crowd
from tests.faults.places import ROOT, Place, place
from tests.faults.weather import Weather

WALKERS, CALLED, COUPLES = 5_000, 50_000, 70_000
"""Where their Telegram ids begin."""
PATIENCE: Final = 90.0
"""Seconds without any progress until the rehearsal gives up; a message of unknown fate comes again
after 2, 8 and 32."""

IDLE: Final = 40.0
"""Seconds without any progress until it ends if nothing said or tapped waits to be heard, and no
message waits or is on its way."""

CROWD: Final = "the crowd"
"""Those whose answers are counted, among what a rehearsal may still wait for at its end."""

Progress = Callable[[int, int, Tally], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the rehearsal is and what happens in it. Same seed, same plan.

    `roles` are those of the processes, "" for one that does everything. `fair` weather is without
    faults of Telegram's; `slow` ones take tens of seconds each. `called` is how many check-ins come
    due, `couples` how many send each other three phrases each. `stops` are SIGTERMs, `cuts`
    sessions that PostgreSQL ends.
    """

    conversations: int
    kills: int
    stops: int = 0
    pauses: int = 0
    cuts: int = 0
    called: int = 0
    couples: int = 0
    roles: tuple[str, ...] = ("",)
    at_once: int = 300
    fair: bool = False
    slow: bool = False
    seed: int = 1
    patience: float = PATIENCE


async def rehearse(
    plan: Plan,
    *,
    database_url: str = "",
    root: Path = ROOT,
    folder: Path | None = None,
    told: Progress = lambda *_: None,
) -> Tally:
    """The whole of it with the bot that lies in `root`; `told` hears how far it is."""
    begun = time.monotonic()
    walkers = members(range(WALKERS, WALKERS + plan.conversations))
    called = [_called(CALLED + number) for number in range(plan.called)]
    partners = members(range(COUPLES, COUPLES + 2 * plan.couples))
    async with (
        place([*walkers, *partners], called, database_url, folder) as here,
        stable(here.environment, root) as bots,
    ):
        enrol(here.settings, called, Clock()() - timedelta(days=1))
        pairs = nudging.pair_up(here.settings, [each.telegram_id for each in partners])
        crowd = Crowd(here.playground, at_once=plan.at_once)
        for number, known in enumerate(walkers):
            crowd.walks(known, hurries=number % 5 == 4)
        for known in called:
            crowd.is_called(known)
        couples = [Partner(crowd.phones.of(who), *pairs[who]) for who in pairs]
        tally = await _Rehearsal(plan, here, bots, crowd, couples, told).run()
        counting.count_phones(tally, crowd.people)
        counting.count_database(tally, here.settings, crowd.people)
        if tally.given_up and not tally.cut_short and tally.waiting == [CROWD]:
            # Whoever still waits is counted: a message of theirs was given up, and is in the book.
            tally.waiting.clear()
        tally.nudges = nudging.count(here.settings, couples, tally.nudges.tapped)
    tally.seconds = time.monotonic() - begun
    return tally


def _called(number: int) -> Known:
    """Somebody for whom it is about one o'clock, and whose check-in was due some minutes ago:
    since yesterday they take part, and it is moved by up to ten minutes."""
    now = Clock()()
    ahead = 13 - now.hour
    zone = f"Etc/GMT{-ahead:+d}"
    local = now + timedelta(hours=ahead, minutes=-11)
    return Known(number, "en", zone if ahead else "Etc/UTC", f"Member {number}",
                 (f"{local:%H:%M}",))  # fmt: skip


class _Rehearsal:
    """One run of it. Its state is who lives and what was counted on the way."""

    def __init__(
        self,
        plan: Plan,
        here: Place,
        bots: Stable,
        crowd: Crowd,
        couples: Sequence[Partner],
        told: Progress,
    ) -> None:
        self._plan, self._bots, self._crowd, self._couples = plan, bots, crowd, couples
        self._told = told
        self._flight = flight.Flight(here.settings.url)
        self._several = not here.settings.is_sqlite
        self._dice = random.Random(plan.seed)
        self._weather = None
        if not plan.fair:
            self._weather = Weather(here.playground, plan.seed, slow=plan.slow)
        self._running: list[Running] = []
        self._opened = 0
        self._tally = Tally()

    async def run(self) -> Tally:
        """Until everybody is through, or nothing moves any more."""
        for roles in self._plan.roles:
            self._running.append(await self._bots.start(roles))
        await self._watch()
        if self._weather is not None:
            self._tally.unknown, self._tally.happened = (
                self._weather.unknown,
                self._weather.happened,
            )
            self._weather.clears()
        await self._settle()
        for each in self._running:
            each.send(signal.SIGKILL)
        for each in self._running:
            await each.ended()
        self._flight.close()
        return self._tally

    async def _watch(self) -> None:
        """Everything at once. Where nothing moves any more, the tally says who still waits."""
        parts = {
            asyncio.ensure_future(self._crowd.go_through()): CROWD,
            asyncio.ensure_future(self._nudge_all()): "the partners",
            asyncio.ensure_future(self._disturb()): "what disturbs them",
        }
        done, moved, open_parts = -1, time.monotonic(), set(parts)
        try:
            while open_parts:
                ended, open_parts = await asyncio.wait(open_parts, timeout=1)
                for each in ended:
                    each.result()
                if self._progress != done or ended:
                    done, moved = self._progress, time.monotonic()
                    self._told(self._crowd.done, self._crowd.steps, self._tally)
                elif self._is_stuck(time.monotonic() - moved):
                    self._tally.waiting = [name for each, name in parts.items() if not each.done()]
                    dead = [str(await each.ended()) for each in self._running if not each.lives]
                    if dead:
                        self._tally.notes.append(f"ended by themselves, with {', '.join(dead)}")
                    return
        finally:
            for each in parts:
                each.cancel()
            await asyncio.wait(parts)

    @property
    def _progress(self) -> int:
        tally = self._tally
        return self._crowd.done + self._opened + tally.nudges.tapped + tally.disturbed

    def _is_stuck(self, still: float) -> bool:
        return still > self._plan.patience or (still > IDLE and not self._under_way())

    def _under_way(self) -> bool:
        return bool(self._crowd.unheard or self._flight.waits())

    async def _settle(self) -> None:
        """What is on its way has arrived, or is known not to: taps and words, and messages."""
        until = time.monotonic() + self._plan.patience
        while time.monotonic() < until and self._under_way():  # noqa: ASYNC110
            await asyncio.sleep(0.3)  # other processes work on the database

    async def _nudge_all(self) -> None:
        """Each of the couples sends each phrase once, some of them just before each kill."""
        async with asyncio.TaskGroup() as group:
            for each in self._couples:
                group.create_task(self._open(each))
        taps = [(each, phrase) for each in self._couples for phrase in PHRASES]
        self._dice.shuffle(taps)
        plan = self._plan
        bursts = plan.kills + plan.pauses + plan.cuts + plan.stops + 1
        for number, (each, phrase) in enumerate(taps):
            await self._reached((1 + number * bursts // len(taps)) / (bursts + 1))
            each.nudge(phrase)
            self._tally.nudges.tapped += 1

    async def _open(self, one: Partner) -> None:
        await one.open()
        self._opened += 1

    async def _disturb(self) -> None:
        """Everything that happens to the processes, spread over the whole rehearsal."""
        plan = self._plan
        what: list[Callable[[], Awaitable[None]]] = [self._kill] * plan.kills
        what += [self._pause] * plan.pauses + [self._cut] * plan.cuts + [self._stop] * plan.stops
        random.Random(plan.seed).shuffle(what)
        for number, happens in enumerate(what, 1):
            if self._dice.random() > 0.1:  # else while it is still starting
                await self._reached(number / (len(what) + 1))
            await asyncio.sleep(self._dice.uniform(0, 0.3))
            await happens()

    async def _reached(self, part: float) -> None:
        while self._crowd.done < part * self._crowd.steps * 0.98:  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # thousands of people are a slow event

    async def _kill(self) -> None:
        victim = self._dice.choice(self._running)
        self._running.remove(victim)
        if self._several:  # else others send on before it can be seen what was in flight
            victim.send(signal.SIGSTOP)
            await asyncio.sleep(0.02)
            self._tally.in_flight += len(self._flight.of(victim.pid))
        await victim.kill()
        if not self._several:
            self._tally.in_flight += len(self._flight.of(victim.pid))
        self._tally.kills += 1
        self._running.append(await self._bots.start(victim.roles))

    async def _pause(self) -> None:
        """Frozen for some seconds, while the rest goes on; shorter than any lease or session."""
        victim = self._dice.choice(self._running)
        self._tally.pauses += 1
        victim.send(signal.SIGSTOP)
        asyncio.get_running_loop().call_later(self._dice.uniform(2, 7), victim.send, signal.SIGCONT)

    async def _stop(self) -> None:
        """Asked to stop in the middle of it all, it ends by itself."""
        victim = self._dice.choice(self._running)
        self._running.remove(victim)
        victim.send(signal.SIGCONT)  # in case it is frozen
        while not victim.heeds(signal.SIGTERM):  # noqa: ASYNC110  (it is still starting)
            await asyncio.sleep(0.02)
        begun = time.monotonic()
        victim.send(signal.SIGTERM)
        self._tally.ended_badly += await victim.ended() != 0
        self._tally.slowest_stop = max(self._tally.slowest_stop, time.monotonic() - begun)
        self._tally.stops += 1
        self._tally.in_flight += len(self._flight.of(victim.pid))
        self._running.append(await self._bots.start(victim.roles))

    async def _cut(self) -> None:
        """PostgreSQL ends a session of ours. If it was the one that the office of the sender hangs
        on, another process sends what the first one is still sending."""
        seen = self._flight.of(None)
        self._tally.cuts += 1
        if not self._flight.cut(self._dice):
            return
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            seen |= self._flight.of(None)
            await asyncio.sleep(0.1)
        self._tally.in_flight += len(seen)
