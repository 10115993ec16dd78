"""How long it takes from starting the process to its first poll."""

import asyncio
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

from tests.bench.house import begin, playground

TIMES = 5


def bench() -> str:
    """Median seconds of several starts; the first, which fills the cache, is told apart."""
    starts = asyncio.run(_starts())
    (first, first_cpu), warm = starts[0], starts[1:]
    times, cpu = zip(*warm, strict=True)
    return (
        f"{median(times):.2f} s ({median(cpu):.2f} s of CPU) from process to first poll "
        f"(median of {len(warm)}); with an empty cache {first:.2f} s ({first_cpu:.2f} s of CPU)"
    )


def _cpu() -> float:
    """Seconds of CPU of all processes that were started and have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _starts() -> list[tuple[float, float]]:
    times: list[tuple[float, float]] = []
    async with playground() as (stage, environment):
        environment["CACHE_DIR"] = str(Path(environment["DATA_DIR"]) / "empty")
        polled = asyncio.Event()
        stage.on_update(lambda _: polled.set())
        for _ in range(TIMES + 1):
            polled.clear()
            stage.say(1001, "/start")
            before, cpu_before = perf_counter(), _cpu()
            process = await begin(environment)
            await polled.wait()
            took = perf_counter() - before
            process.kill()
            await process.wait()
            times.append((took, _cpu() - cpu_before))
            await asyncio.sleep(0.2)
    return times
