"""A morning wave at Telegram's limits: 2,000 check-ins at once, replies and alerts among them.

The loopback enforces the limits and the bot keeps its own, as in earnest. The ten minutes people
are spread over are made one: ten times as steep as the real thing, and nine minutes shorter.
"""

import asyncio
import os
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.cli.demo import settings_for
from bot.config import Settings
from bot.store.database import open_engine
from bot.store.worker import Database
from bot.usecases import set_up
from bot.usecases.kit import Kit
from bot.usecases.set_up import Known
from bot.wiring import Clock, make_kit
from tests.bench.load.bots import CACHE, between
from tests.bench.load.crowd import Crowd, says
from tests.bench.load.figures import share
from tests.bench.load.limits import Enforced
from tests.bench.load.loopback import Loopback
from tests.bench.load.measure import begun
from tests.bench.load.process import used
from tests.cast import RIVERA

WAVE = int(os.environ.get("BENCH_WAVE_PEOPLE", "2000"))
WRITERS = 60
PACE = 6.0
"""Updates a second of those who go through an exercise meanwhile."""
IN_NEED = 40
"""So many people write something that alarms, one after the other."""
EVERY = 3.0
"""Seconds from one alarm to the next."""
ALARMING = "I want to kill myself tonight"
SPREAD = 60
"""Seconds over which the wave falls due."""
BEFORE = 25
"""Seconds from here to the first of it: the bot starts meanwhile."""
LONGEST = SPREAD + 180
FIRST = 40_000
SENDS = "24"
"""Messages a second, as the setting stands unless somebody changes it."""


@dataclass
class _Town:
    """Who waits for what: a check-in, a reply, an alert."""

    wave: range
    crowd: Crowd
    reached: dict[int, float] = field(default_factory=dict)
    alerts: list[float] = field(default_factory=list)
    alarmed: float = 0.0
    sent: Counter[str] = field(default_factory=Counter)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._replied = self.crowd.telegram.on_sent
        self.crowd.telegram.on_sent = self._sent

    def _sent(self, chat: int, number: int, text: str, markup: Any) -> None:
        now = perf_counter()
        if chat in self.wave:
            self.sent["wave"] += 1
            self.reached.setdefault(chat, now)
            if len(self.reached) == len(self.wave):
                self.done.set()
        elif chat == RIVERA:
            self.sent["alerts"] += 1
            if self.alarmed:
                self.alerts.append(now - self.alarmed)
                self.alarmed = 0.0
        elif chat in self.crowd.open:
            self.sent["replies"] += 1
            self._replied(chat, number, text, markup)

    async def alarm(self, people: Sequence[int]) -> None:
        """One after the other writes what alarms the therapist."""
        for person in people:
            self.alarmed = perf_counter()
            says(self.crowd.telegram, person, ALARMING)
            await asyncio.sleep(EVERY)


def bench() -> str:
    """All the figures of the wave, in one sentence each."""
    return asyncio.run(_measured())


async def _measured() -> str:
    enforced = Enforced()
    telegram = Loopback(enforced=enforced)
    await telegram.start()
    wave = range(FIRST, FIRST + WAVE)
    writers = range(FIRST + WAVE, FIRST + WAVE + WRITERS)
    in_need = range(writers.stop, writers.stop + IN_NEED)
    with TemporaryDirectory(prefix="between-bench-") as folder:
        settings = _prepared(Path(folder), telegram.url, wave, [*writers, *in_need])
        bot = await between(settings, None, SENDS_PER_SECOND=SENDS)
        try:
            began = perf_counter() + BEFORE
            await begun(telegram, bot)
            town = _Town(wave, Crowd(telegram, writers, pace=PACE))
            await asyncio.sleep(max(0.0, began - perf_counter()))
            before = used(bot.pid, bot.database)
            town.crowd.open_chats(WRITERS)
            async with asyncio.TaskGroup() as several:
                alarming = several.create_task(town.alarm(in_need))
                answering = several.create_task(town.crowd.keep_pace(LONGEST))
                await _until(town.done, LONGEST)
                await alarming
                answering.cancel()
            spent = used(bot.pid, bot.database) - before
        finally:
            await bot.end()
            await telegram.stop()
    return _told(town, enforced, telegram, began, spent.cpu)


async def _until(done: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await done.wait()
    except TimeoutError:
        return  # how many were reached is told


def _told(town: _Town, enforced: Enforced, telegram: Loopback, began: float, cpu: float) -> str:
    last = max(town.reached.values(), default=began) - began
    replies, alerts = sorted(town.crowd.waits), sorted(town.alerts)
    return (
        f"{len(town.reached):,} of {WAVE:,} check-ins due within {SPREAD} s were there"
        f" {last:.0f} s after the first fell due (to be done by {SPREAD + 180});"
        f" {telegram.refused.total()} times 429, at most {enforced.busiest} messages in a second;"
        f" {len(replies)} replies meanwhile: p50 {share(replies, 0.5):.2f} s,"
        f" p95 {share(replies, 0.95):.2f} s (bound 2);"
        f" {len(alerts)} of {IN_NEED} alerts apart: p50 {share(alerts, 0.5):.2f} s,"
        f" p99 {share(alerts, 0.99):.2f} s (bound 5);"
        f" {cpu:.0f} s of CPU for {sum(town.sent.values()):,} messages"
    )


def _prepared(folder: Path, url: str, wave: range, others: Sequence[int]) -> Settings:
    """Everybody is in since an hour ago; the check-ins of the wave fall due in a moment."""
    settings = settings_for(folder, url).model_copy(update={"cache_dir": CACHE})
    now = Clock()()
    kit = make_kit(settings, now.date())
    database = Database(open_engine(settings.url))
    database.call(partial(_enrol, kit=kit, wave=wave, others=others, now=now))
    database.engine.dispose()
    _due(settings.data_dir / "between.db")
    return settings


def _enrol(session: Session, kit: Kit, wave: range, others: Sequence[int], now: datetime) -> None:
    zone, earlier = _morning(now), now - timedelta(hours=1)
    group = set_up.demo_group(session, zone, earlier)
    for number in (*wave, *others):
        # Fifteen minutes ago: the real spread of ten minutes is over for everybody.
        at = _local(now - timedelta(minutes=15), zone) if number in wave else "21:30"
        known = Known(number, "en", zone, f"M {number}", (at,))
        set_up.enrol(session, kit, group.id, known, earlier)
    staff = Known(RIVERA, "en", zone, "")
    set_up.employ(session, kit, group.id, "Dr Rivera", staff, earlier)


def _due(database: Path) -> None:
    """Moves what is overdue into the coming minute, evenly spread; all else out of the way."""
    begins = Clock()() + timedelta(seconds=BEFORE)
    connection = sqlite3.connect(database)
    rows = connection.execute(
        "SELECT id FROM due WHERE kind = 'checkin' AND at <= ? ORDER BY id",
        (f"{Clock()():%Y-%m-%d %H:%M:%S.%f}",),
    ).fetchall()
    assert len(rows) == WAVE, f"{len(rows)} check-ins are due"
    for at, (row,) in enumerate(rows):
        due = begins + timedelta(seconds=SPREAD * at / len(rows))
        connection.execute(
            "UPDATE due SET at = ? WHERE id = ?", (f"{due:%Y-%m-%d %H:%M:%S.%f}", row)
        )
    connection.execute(
        "DELETE FROM due WHERE id NOT IN (SELECT id FROM due WHERE kind = 'checkin')"
        " AND kind <> 'follow'"
    )
    connection.commit()
    connection.close()


def _morning(now: datetime) -> str:
    """A zone in which it is between nine and ten, or nearly: nobody's quiet hours."""
    ahead = 9 - now.hour
    ahead = ahead + 24 if ahead < -12 else ahead
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def _local(now: datetime, zone: str) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
