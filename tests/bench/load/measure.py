"""One bot, one load: warm up, then measure for some seconds."""

import asyncio
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.load.bots import Started, between, crowd, house
from tests.bench.load.crowd import Crowd
from tests.bench.load.figures import Figures
from tests.bench.load.loopback import Loopback
from tests.bench.load.process import memory, used

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
WARM = 2.0
"""Seconds before anything counts."""


@dataclass(frozen=True, slots=True)
class Load:
    """How hard, and how long."""

    chats: int = 50
    seconds: float = SECONDS
    pace: float = 0.0
    """Updates a second; 0: each answers at once."""
    delay: float = 0.0
    """Seconds before Telegram answers anything."""


async def measure(name: str, bot: Started, crowd: Crowd, load: Load) -> Figures:
    """Opens the chats, waits, measures. The bot goes on."""
    telegram = crowd.telegram
    crowd.open_chats(load.chats - len(crowd.open))
    if load.pace:
        await crowd.keep_pace(WARM)
    else:
        await asyncio.sleep(WARM)
        await crowd.has_answers(load.chats)
    crowd.waits.clear()
    telegram.calls.clear()
    loop = asyncio.get_running_loop()
    began, before = loop.time(), used(bot.pid, bot.database)
    if load.pace:
        await crowd.keep_pace(load.seconds)
    else:
        await asyncio.sleep(load.seconds)
    took, now = loop.time() - began, used(bot.pid, bot.database) - before
    return Figures(
        name=name,
        chats=load.chats,
        seconds=took,
        waits=tuple(sorted(crowd.waits)),
        cpu=now.cpu,
        own_cpu=now.own,
        commits=now.commits,
        messages=telegram.calls["sendMessage"],
        calls=telegram.calls.total(),
        memory=memory(bot.pid),
    )


async def of_between(load: Load, profile: Path | None = None, database_url: str = "") -> Figures:
    """Between by itself, from an empty folder (or another database, which is empty, too)."""
    with TemporaryDirectory(prefix="between-bench-") as folder:
        telegram = Loopback(delay=load.delay)
        await telegram.start()
        people = crowd()
        bot = await between(house(Path(folder), telegram.url, people, database_url), profile)
        try:
            await begun(telegram, bot)
            if profile is not None:
                bot.process.send_signal(signal.SIGUSR1)
            who = Crowd(telegram, people, pace=load.pace)
            figures = await measure("Between", bot, who, load)
            check(who)
        finally:
            await bot.end(gently=profile is not None)
            await telegram.stop()
    return figures


async def begun(telegram: Loopback, bot: Started) -> None:
    """The bot fetches updates, and has told Telegram whatever it tells at its start."""
    async with asyncio.timeout(120):
        while not telegram.calls["getUpdates"]:
            if bot.process.returncode is not None:
                raise RuntimeError("the bot ended before it began")
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.0)


def check(who: Crowd) -> None:
    """A bot that answers something else than the script says is not measured."""
    if not who.waits or who.strange.total() > len(who.waits) / 50:
        raise RuntimeError(f"not the conversation of the script: {who.strange.most_common(5)}")
