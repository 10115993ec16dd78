"""What others wait for while one person floods the bot and a pair never leaves its phones."""

import asyncio
from statistics import median, quantiles
from time import perf_counter

from bot.playground import Playground
from tests.bench.house import FIRST, begin, playground

PEOPLE = 40
FLOOD = 200
"""Messages a second of the one who floods (reliability notes, threat 13)."""
BUSY = 5
"""Messages a second of each of the two who are busy."""
SECONDS = 10.0


def bench() -> str:
    """Milliseconds from the phone to the phone for everybody else, while it goes on."""
    quiet, flooded, a_second = asyncio.run(_measured())
    return (
        f"others wait {_said(quiet)} when all is quiet, {_said(flooded)} while one sends"
        f" {a_second:.0f} messages a second and two are busy"
    )


def _said(times: list[float]) -> str:
    return f"{median(times) * 1000:.0f} ms (p95 {quantiles(times, n=20)[-1] * 1000:.0f})"


class _Phones:
    """Who waits for an answer; one call of the bot to a chat ends the wait of its person."""

    def __init__(self, stage: Playground) -> None:
        self._stage = stage
        self._waits: dict[int, asyncio.Event] = {}
        stage.on_call(self._called)

    def _called(self, method: str, parameters: dict[str, object], *_: object) -> None:
        waiting = self._waits.get(int(str(parameters.get("chat_id") or 0)))
        if method == "sendMessage" and waiting is not None:
            waiting.set()

    async def asks(self, person: int) -> float:
        """How long one person waits for the menu."""
        answered = self._waits[person] = asyncio.Event()
        before = perf_counter()
        self._stage.say(person, "/menu")
        await answered.wait()
        return perf_counter() - before


async def _measured() -> tuple[list[float], list[float], float]:
    async with playground(PEOPLE) as (stage, environment):
        process = await begin(environment)
        phones = _Phones(stage)
        everybody = range(FIRST, FIRST + PEOPLE)
        for person in everybody:
            stage.say(person, "/start")
        await asyncio.sleep(8)
        others = everybody[3:]
        quiet = await _round(phones, others)
        flooded: list[float] = []
        async with asyncio.TaskGroup() as several:
            ended = asyncio.Event()
            rude = several.create_task(_flood(stage, everybody[0], FLOOD, ended))
            for busy in everybody[1:3]:
                several.create_task(_flood(stage, busy, BUSY, ended))
            began = perf_counter()
            while perf_counter() - began < SECONDS:
                flooded += await _round(phones, others)
            took = perf_counter() - began
            ended.set()
        process.kill()
        await process.wait()
    return quiet, flooded, rude.result() / took


async def _round(phones: _Phones, others: range) -> list[float]:
    """Everybody asks once, spread over some seconds as people do."""
    times = []
    for person in others:
        times.append(await phones.asks(person))
        await asyncio.sleep(0.1)
    return times


async def _flood(stage: Playground, person: int, a_second: int, ended: asyncio.Event) -> int:
    sent = 0
    while not ended.is_set():
        stage.say(person, f"hello {sent}" if a_second > BUSY else "/partner")
        sent += 1
        await asyncio.sleep(1 / a_second)
    return sent
