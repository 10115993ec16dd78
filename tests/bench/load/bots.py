"""The bots that are measured, each a process of its own: Between, and the peers."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from bot.cli.demo import TOKEN, settings_for
from bot.config import TOP, Settings
from bot.store.database import migrate
from tests import cast
from tests.bench.load.peers.questions import write
from tests.bench.load.process import dies_with_us
from tests.cast import members, take_part

FIRST = 20_000
"""The id of the first participant."""
PEOPLE = 600
"""So many take turns; nobody comes back before the others had theirs."""


PATH = os.pathsep.join(filter(None, (str(TOP), os.environ.get("PYTHONPATH"))))
CACHE = Path(gettempdir()) / f"between-bench-{os.geteuid()}"
"""What is made from the content files, kept from run to run."""


@dataclass
class Started:
    """A bot that runs."""

    process: asyncio.subprocess.Process
    database: Path | None = None

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    async def end(self, *, gently: bool = False) -> None:
        """Ends it, and waits for that."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM if gently else signal.SIGKILL)
        await self.process.wait()


def crowd(many: int = PEOPLE) -> range:
    """Telegram's numbers of the participants."""
    return range(FIRST, FIRST + many)


def house(folder: Path, url: str, people: Iterable[int], database_url: str = "") -> Settings:
    """A programme whose members are these people, in one folder (or in another database)."""
    changed = {"cache_dir": CACHE, "database_url": database_url}
    settings = settings_for(folder, url).model_copy(update=changed)
    migrate(settings.url)
    take_part(settings, [*cast.CAST, *members(people)])
    return settings


async def between(settings: Settings, profile: Path | None = None, **more: str) -> Started:
    """`between run` on what `house` prepared: SQLite, synchronous=FULL, all sealed, no limit of
    messages a second (unless `more` sets one)."""
    environment = {
        **os.environ,
        "PYTHONPATH": PATH,
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": settings.telegram_api_url,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "CACHE_DIR": str(CACHE),
        "MASTER_KEY_FILE": str(settings.master_key_file),
        "SENDS_PER_SECOND": "0",
        "LOG_LEVEL": "WARNING",
        **more,
    }
    way = ["bot"] if profile is None else ["tests.bench.load.profiled", str(profile)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *way, "run", env=environment, cwd=TOP, preexec_fn=dies_with_us
    )
    return Started(process, settings.data_dir / "between.db" if settings.is_sqlite else None)


@dataclass(frozen=True, slots=True)
class Peer:
    """Another bot with the same conversation: which, and how it is tuned."""

    name: str
    module: str
    concurrent: int = 0
    store: str = ""
    tidy: bool = False


PTB = "tests.bench.load.peers.ptb"
AIOGRAM = "tests.bench.load.peers.aio"
BEST = Peer("PTB, concurrent_updates=8", PTB, concurrent=8)
"""The one all others are compared with."""
FILE = "file"
REDIS = "redis"
PEERS = (
    BEST,
    Peer("PTB, the same, tidying up", PTB, concurrent=8, tidy=True),
    Peer("PTB, one by one (default)", PTB),
    Peer("PTB 8, PicklePersistence", PTB, concurrent=8, store=FILE),
    Peer("aiogram 3, in memory", AIOGRAM),
    Peer("aiogram 3, Redis", AIOGRAM, store=REDIS),
)


async def peer(which: Peer, folder: Path, url: str, store: str, **more: str) -> Started:
    """Starts one; `store` is where it keeps things, if it does."""
    questions = folder / "questions.json"
    write(questions)
    where = ("--url", url, "--token", TOKEN, "--questions", str(questions), "--store", store)
    tuned = ("--concurrent", str(which.concurrent), *(("--tidy",) if which.tidy else ()))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", which.module, *where, *tuned,
        env={**os.environ, "PYTHONPATH": PATH, **more}, cwd=TOP, preexec_fn=dies_with_us,
    )  # fmt: skip
    return Started(process)
