"""What the process holds in memory while ten thousand people are in the middle of an exercise."""

import asyncio
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.load.bots import between, crowd, house
from tests.bench.load.crowd import Crowd
from tests.bench.load.loopback import Loopback
from tests.bench.load.measure import begun
from tests.bench.load.process import memory

OPEN = int(os.environ.get("BENCH_OPEN", "10000"))
AT_A_TIME = 200
TURNS = 3
"""How far each goes: begun, two questions answered, the third one waits."""
LONGEST = 900.0


def bench() -> str:
    """MB at the start and with everybody midway."""
    before, after, opened = asyncio.run(_opened())
    return (
        f"{after:.1f} MB with {opened:,} runs open midway ({before:.1f} MB before the first one;"
        f" {1000 * (after - before) / opened:.1f} KB for each)"
    )


async def _opened() -> tuple[float, float, int]:
    with TemporaryDirectory(prefix="between-bench-") as folder:
        telegram = Loopback()
        await telegram.start()
        people = crowd(OPEN)
        bot = await between(house(Path(folder), telegram.url, people))
        try:
            await begun(telegram, bot)
            before = memory(bot.pid)
            who = Crowd(telegram, people, stop_at=TURNS, enough=OPEN)
            who.open_chats(min(AT_A_TIME, OPEN))
            async with asyncio.timeout(LONGEST):
                await who.through.wait()
            await asyncio.sleep(1.0)
            after = memory(bot.pid)
        finally:
            await bot.end()
            await telegram.stop()
    return before, after, who.finished
