"""Where a rehearsal takes place: a folder with a database and keys, the settings of a bot there."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.config import Settings
from bot.playground import Person, Playground
from bot.store.database import migrate
from bot.store.master_key import create_master_key
from bot.usecases.set_up import Known
from tests.cast import take_part

TOKEN = "42:PLAYGROUND"
ROOT = Path(__file__).resolve().parents[2]
# What is made from the content files is shared by all rehearsals, mutants too: a bot that makes it
# anew takes long to start, and is killed before it is there.
os.environ.setdefault("CACHE_DIR", str(Path(tempfile.gettempdir()) / f"between-faults-{ROOT.name}"))


@dataclass(frozen=True, slots=True)
class Place:
    """A playground with people, a database they take part in, and the environment of a bot."""

    folder: Path
    playground: Playground
    settings: Settings
    environment: dict[str, str]


@asynccontextmanager
async def place(
    people: Iterable[Known],
    others: Iterable[Known] = (),
    database_url: str = "",
    folder: Path | None = None,
    **more: str,
) -> AsyncIterator[Place]:
    """`people` take part; `others` have a phone and a chat already. `more` are settings of the bot,
    by the names of their environment variables."""
    members = list(people)
    cast = [_phone(each) for each in members] + [_phone(each, elsewhere=True) for each in others]
    playground = Playground(people=cast, token=TOKEN, fast=True)
    await playground.start()
    with tempfile.TemporaryDirectory(prefix="between-faults-") as made:
        inside = folder or Path(made)
        settings, environment = prepare(inside, playground.url, database_url)
        take_part(settings, members)
        try:
            yield Place(inside, playground, settings, {**environment, **more})
        finally:
            await playground.stop()


def _phone(known: Known, *, elsewhere: bool = False) -> Person:
    number = known.telegram_id
    return Person(number, "P", language_code="en", username=None, elsewhere=elsewhere)


def prepare(folder: Path, url: str, database_url: str) -> tuple[Settings, dict[str, str]]:
    """A migrated database and keys in this folder, and the environment of a bot on them."""
    key, data = folder / "keys" / "master.key", folder / "data"
    key.parent.mkdir(mode=0o700)
    data.mkdir(mode=0o700, exist_ok=True)
    create_master_key(key)
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        telegram_api_url=url,
        data_dir=data,
        database_url=database_url,
        master_key_file=key,
        sends_per_second=0,
    )
    migrate(settings.url)
    environment = {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATA_DIR": str(data),
        "DATABASE_URL": database_url,
        "MASTER_KEY_FILE": str(key),
        "SENDS_PER_SECOND": "0",
        "LOG_LEVEL": "WARNING",
    }
    return settings, environment
