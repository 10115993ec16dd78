"""How long it takes from starting the process to its first poll."""

import asyncio
from statistics import median
from time import perf_counter

from tests.bench.house import begin, playground

TIMES = 5


def bench() -> str:
    """Median seconds of several starts, the first (which reads everything from disk) left out."""
    times = asyncio.run(_starts())[1:]
    return f"{median(times):.2f} s from process to first poll (median of {len(times)})"


async def _starts() -> list[float]:
    times: list[float] = []
    async with playground() as (stage, environment):
        polled = asyncio.Event()
        stage.on_update(lambda _: polled.set())
        for _ in range(TIMES + 1):
            polled.clear()
            stage.say(1001, "/start")
            before = perf_counter()
            process = await begin(environment)
            await polled.wait()
            times.append(perf_counter() - before)
            process.kill()
            await process.wait()
            await asyncio.sleep(0.2)
    return times
