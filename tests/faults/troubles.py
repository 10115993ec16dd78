"""What can happen to a bot besides its own death, each with the real thing: what went wrong, in
words; nothing when all is well."""

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.wiring import Clock, make_kit
from tests.cast import members
from tests.faults.bots import stable
from tests.faults.mutants import Change, mutated
from tests.faults.people import EXERCISE, NUMBERS, Crowd, Participant
from tests.faults.phones import Phones
from tests.faults.places import Place, place
from tests.faults.postgres import Server
from tests.faults.scenes import LONG

POISON = Change(
    "usecases/receive.py",
    "    measures.shelve(session, kit)\n    person = people.find",
    "    if isinstance(incoming.what, Words) and incoming.what.text == 'poison':\n"
    "        raise ZeroDivisionError\n"
    "    measures.shelve(session, kit)\n    person = people.find",
)
"""A bug that one message always meets."""


async def poison(database_url: str = "") -> list[str]:
    """A message that can never be handled: its author hears one sentence, everybody goes on."""
    with mutated((POISON,)) as root:
        async with (
            place(members([1, 2]), database_url=database_url) as here,
            stable(here.environment, root) as bots,
        ):
            phones = Phones(here.playground)
            maya, leo = (Participant(phones.of(each)) for each in (1, 2))
            maya.phone.say("/start")
            await bots.start()
            await asyncio.wait_for(maya.phone.sees(""), LONG)
            maya.phone.say("poison")
            await asyncio.wait_for(asyncio.gather(maya.go_through(), leo.go_through()), LONG)
            kit = make_kit(here.settings, Clock()().date())
            sorry = kit.words.text("en", "not_saved")
            times = maya.phone.texts.count(sorry) + leo.phone.texts.count(sorry)
            return [] if times == 1 else [f"it was told {times} times"]


def can_mount() -> bool:
    """Whether this user may mount a small disk of their own."""
    with TemporaryDirectory() as folder, _disk(Path(folder)) as mounted:
        return mounted


@contextmanager
def _disk(folder: Path, megabytes: int = 12) -> Iterator[bool]:
    """A disk of its own in this folder, which can get full."""
    mount = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "none", str(folder))
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(("umount", "-l", str(folder)), check=True)


async def disk_full() -> list[str]:
    """The disk is full in the middle of an exercise: nothing is acknowledged that is not kept, and
    once there is room again, what was said meanwhile is handled."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "data").mkdir(mode=0o700)
        with _disk(folder / "data") as mounted:
            if not mounted:
                return ["no disk can be mounted here"]
            async with place(members([1]), folder=folder) as here:
                return await _fill(here)


async def _fill(here: Place) -> list[str]:
    cache = str(here.folder / "cache")
    async with stable({**here.environment, "CACHE_DIR": cache}) as bots:
        maya = Phones(here.playground).of(1)
        bot = await bots.start()
        maya.say("/start")
        begin = f"m.begin.{EXERCISE}"
        maya.press(await asyncio.wait_for(maya.offered(begin), LONG), begin)
        await asyncio.wait_for(maya.sees(NUMBERS[0]), LONG)
        filler = here.folder / "data" / "filler"
        await asyncio.to_thread(_empty_the_journal, here)
        await asyncio.to_thread(_write_until_full, filler)
        maya.say("7")
        await asyncio.sleep(4)
        early = any(NUMBERS[1] in text for text in maya.texts)
        confirmed = not here.playground.world.updates.pending
        filler.unlink()
        await asyncio.wait_for(maya.sees(NUMBERS[1]), LONG)
        return [
            *(["an answer was acknowledged that could not be kept"] if early else []),
            *(["an update was confirmed that could not be kept"] if confirmed else []),
            *([] if bot.lives else ["the bot ended"]),
        ]


def _empty_the_journal(here: Place) -> None:
    """Else the bot may write into room that the journal has already."""
    connection = sqlite3.connect(here.settings.data_dir / "between.db", timeout=20)
    busy = 1
    while busy:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    connection.close()


def _write_until_full(file: Path) -> None:
    try:
        with file.open("wb", buffering=0) as out:
            for size in (65536, 1):
                try:
                    while out.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue
    except OSError:
        return


async def database_gone(server: Server, seconds: float, people: int = 20) -> list[str]:
    """PostgreSQL is gone while people write, as after a power cut: once it is back, all they said
    is handled, in order."""
    known = members(range(1, people + 1))
    roles = ("poll,clock,sender", "worker", "worker")
    async with (
        place(known, database_url=server.database()) as here,
        stable(here.environment) as bots,
    ):
        crowd = Crowd(here.playground, at_once=people)
        for number, each in enumerate(known):
            crowd.walks(each, hurries=number % 2 == 1)
        running = [await bots.start(each) for each in roles]
        through = asyncio.ensure_future(crowd.go_through())
        while crowd.done < crowd.steps // 4:  # noqa: ASYNC110  (many people are a slow event)
            await asyncio.sleep(0.05)
        await asyncio.to_thread(server.go_away)
        begun, seen = time.monotonic(), crowd.done
        await asyncio.sleep(seconds)
        await asyncio.to_thread(server.come_back)
        await asyncio.wait_for(through, LONG + time.monotonic() - begun)
        dead = [each.roles for each in running if not each.lives]
        return [
            *([f"processes ended: {dead}"] if dead else []),
            *(["everybody was through before it was gone"] if seen == crowd.steps else []),
        ]
