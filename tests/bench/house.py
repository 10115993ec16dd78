"""A bot of its own process on a playground, for figures."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli.demo import CAST, TOKEN, settings_for
from bot.playground import Person, Playground
from tests import cast
from tests.cast import members, take_part

FIRST = 7000
"""The id of the first person of the crowd."""


@asynccontextmanager
async def playground(crowd: int = 0) -> AsyncIterator[tuple[Playground, dict[str, str]]]:
    """A playground with Maya, Leo and a crowd, and the environment of a bot that belongs to it."""
    with TemporaryDirectory(prefix="between-bench-") as folder:
        others = [
            Person(id=FIRST + number, first_name=f"P{number}", language_code="en", username=None)
            for number in range(crowd)
        ]
        stage = Playground(people=[*CAST, *others], token=TOKEN)
        await stage.start()
        settings = settings_for(Path(folder), stage.url)
        take_part(settings, [*cast.CAST, *members(other.id for other in others)])
        environment = {
            **os.environ,
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": stage.url,
            "DATA_DIR": str(settings.data_dir),
            "MASTER_KEY_FILE": str(settings.master_key_file),
            "LOG_LEVEL": "WARNING",
        }
        yield stage, environment
        await stage.stop()


async def begin(environment: dict[str, str]) -> asyncio.subprocess.Process:
    """Starts `between run`."""
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
