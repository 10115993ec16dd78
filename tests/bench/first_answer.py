"""How long a person waits for the answer to /start, and for the next question after a press."""

import asyncio
from statistics import median
from time import perf_counter

from bot.playground import Playground
from tests.bench.house import FIRST, begin, playground

PEOPLE = 30


def bench() -> str:
    """Milliseconds from the phone to the phone: the first person of a fresh bot, then the rest."""
    first, others = asyncio.run(_answers())
    return (
        f"{first * 1000:.0f} ms after the first /start of a fresh bot,"
        f" {median(others) * 1000:.0f} ms after the next {len(others)} (median),"
        f" {max(others) * 1000:.0f} ms at most"
    )


async def _answers() -> tuple[float, list[float]]:
    async with playground(PEOPLE) as (stage, environment):
        process = await begin(environment)
        await asyncio.sleep(6)
        times = [await _start(stage, 1001)]
        for person in range(FIRST, FIRST + PEOPLE):
            await asyncio.sleep(0.1)
            times.append(await _start(stage, person))
        process.kill()
        await process.wait()
    return times[0], times[1:]


async def _start(stage: Playground, person: int) -> float:
    answered = asyncio.Event()
    stage.on_call(lambda method, *_: answered.set() if method == "sendMessage" else None)
    before = perf_counter()
    stage.say(person, "/start")
    await answered.wait()
    return perf_counter() - before
