"""Real `between run` processes on one database, with the playground as Telegram."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from sqlmodel import Session

from bot.playground import Person, Playground
from bot.store.database import open_engine
from bot.store.election import leaders
from bot.store.offices import Office
from tests.cast import CAST, LEO, MAYA, RIVERA, take_part
from tests.faults.places import TOKEN, prepare
from tests.journeys.phone import Phone

PATIENCE = 120.0
"""Seconds until a test gives up; nothing is ever timed by it."""


class Crew:
    """The processes of one bot, each known by the roles it was given."""

    def __init__(self, folder: Path, playground: Playground, environment: dict[str, str]) -> None:
        self.playground = playground
        self.environment = environment
        self._folder = folder
        self._engine = open_engine(environment["DATABASE_URL"])
        self.processes: list[asyncio.subprocess.Process] = []

    async def start(self, roles: str, **settings: str) -> asyncio.subprocess.Process:
        """Starts one more process; what it logs stands in a file of the test's folder."""
        log = self._folder / f"{len(self.processes)}-{roles}.log"
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "--role", roles),
                env={**self.environment, **settings},
                stdout=out,
                stderr=asyncio.subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def leader(self, office: Office) -> int | None:
        """The process that holds an office, by its number; None while nobody does."""
        with Session(self._engine) as session:
            name = leaders(session).get(office)
        return None if name is None else int(name.split(".")[-2])

    async def led(self, office: Office, *, but: int | None = None) -> int:
        """Waits until a process other than this one holds the office."""
        async with asyncio.timeout(PATIENCE):
            while True:
                number = self.leader(office)
                if number is not None and number != but:
                    return number
                await asyncio.sleep(0.05)

    async def kill(self, number: int) -> None:
        """kill -9: no handler runs, nothing is flushed."""
        (process,) = (each for each in self.processes if each.pid == number)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        self.processes.remove(process)

    async def end(self) -> None:
        """Ends all that are left, and shows what they logged if a test fails."""
        for process in self.processes:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
        await asyncio.gather(*(process.wait() for process in self.processes))
        self._engine.dispose()
        for log in sorted(self._folder.glob("*.log")):
            print(f"--- {log.name}\n{log.read_text()}")


@asynccontextmanager
async def on_stage(
    folder: Path, database_url: str
) -> AsyncIterator[tuple[Crew, aiohttp.ClientSession]]:
    """Maya, Leo and Dr Rivera with their phones, and a crew without processes."""
    cast = [
        Person(id=each, first_name=name, language_code="en", username=None)
        for each, name in ((MAYA, "Maya"), (LEO, "Leo"), (RIVERA, "Dr Rivera"))
    ]
    playground = Playground(people=cast, token=TOKEN)
    await playground.start()
    settings, environment = prepare(folder, playground.url, database_url)
    take_part(settings, CAST)
    crew = Crew(folder, playground, environment)
    try:
        async with aiohttp.ClientSession(base_url=playground.url) as http:
            yield crew, http
    finally:
        await crew.end()
        await playground.stop()


def phones(http: aiohttp.ClientSession) -> tuple[Phone, Phone]:
    """Maya's and Leo's."""
    return Phone(http, MAYA), Phone(http, LEO)
