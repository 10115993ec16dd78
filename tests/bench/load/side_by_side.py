"""Between and its peers, one after the other: the same crowd, the same Telegram, as long."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests.bench.load.bots import BEST, FILE, PEERS, REDIS, Peer, Started, between, house, peer
from tests.bench.load.bots import crowd as participants
from tests.bench.load.crowd import Crowd
from tests.bench.load.figures import HEAD, Figures, row
from tests.bench.load.loopback import Loopback
from tests.bench.load.measure import Load, begun, check, measure
from tests.bench.load.redis import missing, redis

US = "Between, sealed, synchronous=FULL"
OPEN, MANY = 50, 400
PROTOTYPE = 500
"""Updates a second of the best peer in memory on the two cores where the limits were set."""
FLOOR = (
    f"ratios are to {BEST.name}, all in memory; Between: at least 1.00x, aim 2x, CPU below 1.5 ms"
)
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def bench() -> str:
    """The table on this computer's disk and a Telegram that answers at once."""
    return f"{FLOOR}{table(Load(), (OPEN, MANY))}"


def table(
    load: Load,
    chats: Sequence[int],
    peers: Sequence[Peer] = PEERS,
    more: Mapping[str, str] = NOTHING_MORE,
) -> str:
    """A line for each bot and each number of open chats; `more` is for their environment."""
    found: list[list[Figures]] = []
    skipped: list[str] = []
    for which in (None, *peers):
        if which is not None and which.store == REDIS and (why := missing()):
            skipped.append(f"{which.name:<32}  {why}")
            continue
        found.append(asyncio.run(run(which, load, chats, more)))
    best = next((runs for runs in found if runs[0].name == BEST.name), None)
    lines = [HEAD]
    for at in range(len(chats)):
        lines += [row(runs[at], best[at] if best else None) for runs in found]
        if best is not None and not load.delay:  # whoever waits is not bound by the computer
            lines.append(_scaled(found[0][at], best[at]))
    return "\n".join(["", *lines, *skipped])


def _scaled(us: Figures, best: Figures) -> str:
    """CPU is what a computer makes of it. The limit was set on one where the best peer answered
    `PROTOTYPE` updates a second, so this is what we would need there."""
    there = us.each * best.a_second / PROTOTYPE
    return f"{us.chats} chats, were {best.name} as fast as in the prototype: {there:.2f} ms of CPU"


async def run(
    which: Peer | None,
    load: Load,
    chats: Iterable[int],
    more: Mapping[str, str] = NOTHING_MORE,
) -> list[Figures]:
    """One bot (None is Between) with more and more chats open."""
    telegram = Loopback(delay=load.delay)
    await telegram.start()
    people = participants()
    found: list[Figures] = []
    async with started(which, telegram, people, more) as bot:
        await begun(telegram, bot)
        who = Crowd(telegram, people, pace=load.pace)
        for many in chats:
            name = US if which is None else which.name
            found.append(await measure(name, bot, who, replace(load, chats=many)))
        check(who)
    await telegram.stop()
    return found


@asynccontextmanager
async def started(
    which: Peer | None, telegram: Loopback, people: Iterable[int], more: Mapping[str, str]
) -> AsyncIterator[Started]:
    """A bot in a folder of its own, ended and forgotten afterwards."""
    async with AsyncExitStack() as open_:
        folder = Path(open_.enter_context(TemporaryDirectory(prefix="between-bench-")))
        if which is None:
            bot = await between(house(folder, telegram.url, people), None, **more)
        else:
            store = {FILE: str(folder / "kept"), "": ""}.get(which.store)
            if store is None:
                store = await open_.enter_async_context(redis(folder))
            bot = await peer(which, folder, telegram.url, store, **more)
        try:
            yield bot
        finally:
            await bot.end()
