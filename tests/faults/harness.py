"""People go through exercises while the bot is killed again and again; then everything is counted.

The bot is a real process (`between run`) on a real database; Telegram is the playground. A person
waits for each question before answering it, as people do, so a question on the phone acknowledges
the answer before it.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import aiohttp
from pydantic import SecretStr
from sqlmodel import Session

from bot.config import Settings
from bot.playground import Person, Playground
from bot.store import people, runs
from bot.store.database import migrate, open_engine
from bot.store.master_key import create_master_key, load_master_key
from bot.store.vault import Vault
from bot.store.worker import Database
from tests.cast import members, take_part

TOKEN = "42:PLAYGROUND"
EXERCISE = "mind.ground54321"
STEPS = ("distress_before", "see", "feel", "hear", "smell")
"""Five answers to five questions; the sixth question acknowledges the fifth answer."""
NUMBERS = [f"· {number}/" for number in range(1, len(STEPS) + 2)]


@dataclass
class Tally:
    """What was counted. All of the first four must be zero."""

    conversations: int = 0
    acknowledged: int = 0
    lost: int = 0
    changed: int = 0
    invented: int = 0
    out_of_order: int = 0
    repeated: int = 0
    kills: int = 0
    unfinished: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing lost, changed, invented or out of order, and everybody got through."""
        broken = self.lost + self.changed + self.invented + self.out_of_order + self.unfinished
        return broken == 0 and self.acknowledged > 0

    def __str__(self) -> str:
        return "\n".join(
            f"{name:>28} {value}"
            for name, value in (
                ("conversations", self.conversations),
                ("kill -9", self.kills),
                ("answers acknowledged", self.acknowledged),
                ("acknowledged answers lost", self.lost),
                ("… changed", self.changed),
                ("… invented", self.invented),
                ("questions out of order", self.out_of_order),
                ("questions shown twice", self.repeated),
                ("conversations cut short", self.unfinished),
            )
        )


class Bot:
    """The bot as a process that can be killed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts `between run`."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip

    async def kill(self) -> None:
        """kill -9: no handler runs, nothing is flushed."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()


class Participant:
    """One person: answers each question once it is there."""

    def __init__(self, http: aiohttp.ClientSession, person: int) -> None:
        self._http = http
        self.person = person
        self.acknowledged = 0
        self.given = [str(person % 11), *(f"{step} of {person}" for step in STEPS[1:])]

    async def go_through(self) -> None:
        """/start, the exercise, five answers."""
        await self._say("/start")
        await self._press(f"m.begin.{EXERCISE}")
        for number, answer in enumerate(self.given):
            await self._sees(NUMBERS[number])
            self.acknowledged = number
            await self._say(answer)
        await self._sees(NUMBERS[len(self.given)])
        self.acknowledged = len(self.given)

    async def chat(self) -> list[dict[str, object]]:
        """Everything on the phone."""
        async with self._http.get(f"/api/people/{self.person}/chat") as answer:
            return list((await answer.json())["messages"])

    async def _say(self, text: str) -> None:
        await self._post("messages", {"text": text})

    async def _press(self, data: str) -> None:
        while True:
            for message in await self.chat():
                for row in message.get("buttons") or []:  # type: ignore[attr-defined] # JSON
                    if any(button["data"] == data for button in row):
                        body = {"message_id": message["message_id"], "data": data}
                        await self._post("presses", body)
                        return
            await asyncio.sleep(0.2)

    async def _sees(self, part: str) -> None:
        after = 0
        while True:
            way = f"/api/people/{self.person}/chat?after={after}&wait=20"
            async with self._http.get(way) as answer:
                chat = await answer.json()
            after = chat["seq"]
            if any(part in (each.get("text") or "") for each in chat["messages"]):
                return

    async def _post(self, way: str, body: dict[str, object]) -> None:
        async with self._http.post(f"/api/people/{self.person}/{way}", json=body) as answer:
            answer.raise_for_status()


async def rehearse(
    folder: Path,
    *,
    conversations: int,
    kills: int,
    up_seconds: tuple[float, float] = (0.2, 1.5),
    database_url: str = "",
    seed: int = 1,
    limit: float = 1500,
) -> Tally:
    """Lets everybody go through while the bot is killed, then counts. Same seed, same plan."""
    dice = random.Random(seed)
    cast = [
        Person(id=5000 + number, first_name=f"P{number}", language_code="en", username=None)
        for number in range(conversations)
    ]
    playground = Playground(people=cast, token=TOKEN)
    await playground.start()
    settings, environment = prepare(folder, playground.url, database_url)
    take_part(settings, members(person.id for person in cast))
    bot = Bot(environment)
    at_work = asyncio.Event()  # each start of the bot publishes its commands, first of all
    playground.on_call(lambda method, *_: at_work.set() if method == "setMyCommands" else None)
    tally = Tally(conversations=conversations)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(base_url=playground.url, connector=connector) as http:
        participants = [Participant(http, person.id) for person in cast]
        crowd = asyncio.gather(*(each.go_through() for each in participants))
        await bot.start()
        for _ in range(kills):
            await at_work.wait()
            await asyncio.sleep(dice.uniform(*up_seconds))
            await bot.kill()
            tally.kills += 1
            at_work.clear()
            await bot.start()
        try:
            await asyncio.wait_for(crowd, limit)
        except TimeoutError:
            tally.notes.append("not everybody got through in time")
        await bot.kill()
        for each in participants:
            _count_phone(tally, each, await each.chat())
    await playground.stop()
    _count_database(tally, settings, participants)
    return tally


def prepare(folder: Path, url: str, database_url: str) -> tuple[Settings, dict[str, str]]:
    """A migrated database and keys in this folder, and the environment of a bot on them."""
    key, data = folder / "keys" / "master.key", folder / "data"
    key.parent.mkdir(mode=0o700)
    data.mkdir(mode=0o700)
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


def _count_phone(tally: Tally, who: Participant, chat: list[dict[str, object]]) -> None:
    """The questions as they came: each new one is the next, an old one is a repetition."""
    asked = [
        number
        for message in chat
        for number, part in enumerate(NUMBERS)
        if message["from"] == "bot" and part in str(message.get("text") or "")
    ]
    highest = -1
    for number in asked:
        if number == highest + 1:
            highest = number
        elif number <= highest:
            tally.repeated += 1
        else:
            tally.out_of_order += 1
            highest = number
    tally.acknowledged += who.acknowledged
    tally.unfinished += who.acknowledged < len(who.given)


def _count_database(tally: Tally, settings: Settings, participants: list[Participant]) -> None:
    vault = Vault(load_master_key(settings.master_key_file))
    database = Database(open_engine(settings.url))
    for each in participants:
        kept = database.call(partial(_kept, vault, each.person))
        for number, step in enumerate(STEPS):
            given = int(each.given[0]) if number == 0 else each.given[number]
            if step not in kept:
                tally.lost += number < each.acknowledged
            elif kept[step] != given:
                tally.changed += 1
            elif number > each.acknowledged:
                tally.invented += 1
        tally.invented += len(set(kept) - set(STEPS))
    database.engine.dispose()


def _kept(vault: Vault, person: int, session: Session) -> dict[str, object]:
    participant = people.find(session, vault, person)
    if participant is None:
        return {}
    found: dict[str, object] = {}
    for stored in runs.open_runs(session, vault, participant.id, 10):
        found |= runs.answers(session, vault, stored.id)
    return found


def main(conversations: int, kills: int) -> Tally:
    """One rehearsal in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="between-faults-") as folder:
        return asyncio.run(rehearse(Path(folder), conversations=conversations, kills=kills))
