"""Partners send each other phrases while the bot is killed again and again; then all is counted.

A phrase goes at most once: it arrives, or it is `uncertain` and nobody sends it again.
"""

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import aiohttp
from sqlalchemy import func, select
from sqlmodel import Session

from bot.care.pairing import Accept, Approve
from bot.config import Settings
from bot.messages.callback import short_id
from bot.playground import Person, Playground
from bot.store import groups, members, nudges, pairs, people, tables
from bot.store.database import open_engine
from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.wiring import Clock, make_kit
from tests import cast
from tests.faults.harness import TOKEN, Bot, prepare

PHRASES = ("hello", "same_boat", "small_step")
FIRST = 20_000


@dataclass
class NudgeTally:
    """What was counted. `twice`, `unknown` and `unsettled` must be zero."""

    sent: int = 0
    arrived: int = 0
    uncertain: int = 0
    twice: int = 0
    unknown: int = 0
    unsettled: int = 0
    kills: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing arrived twice, and whatever did not arrive is known as uncertain."""
        return self.sent > 0 and self.twice + self.unknown + self.unsettled == 0

    def __str__(self) -> str:
        lines = (
            ("phrases passed on", self.sent),
            ("kill -9", self.kills),
            ("arrived", self.arrived),
            ("uncertain, not sent again", self.uncertain),
            ("arrived twice", self.twice),
            ("did not arrive, not uncertain", self.unknown),
            ("still on their way", self.unsettled),
        )
        return "\n".join(f"{name:>30} {value}" for name, value in lines)


async def relay(
    folder: Path,
    *,
    couples: int,
    kills: int,
    after: tuple[float, float] = (0.0, 0.4),
    seed: int = 1,
    limit: float = 1500,
) -> NudgeTally:
    """Everybody sends their partner three phrases while the bot is killed; then counts.

    `after` so many seconds from the first phrase of a batch that goes out, the bot is killed.
    """
    dice = random.Random(seed)
    crowd = [
        Person(id=FIRST + number, first_name=f"P{number}", language_code="en", username=None)
        for number in range(2 * couples)
    ]
    playground = Playground(people=crowd, token=TOKEN)
    await playground.start()
    settings, environment = prepare(folder, playground.url, "")
    numbers = [person.id for person in crowd]
    cast.take_part(settings, cast.members(numbers))
    partners = _pair_up(settings, numbers)
    at_work, flowing = asyncio.Event(), asyncio.Event()

    def watch(method: str, params: dict[str, object], _: object) -> None:
        if method == "setMyCommands":  # each start of the bot publishes its commands, first of all
            at_work.set()
        elif str(params.get("text", "")).startswith("<b>Member"):
            flowing.set()

    playground.on_call(watch)
    bot, tally = Bot(environment), NudgeTally()
    connector = aiohttp.TCPConnector(limit=0)
    taps = [(person, phrase) for person in numbers for phrase in PHRASES]
    dice.shuffle(taps)
    batches = [taps[at :: kills + 1] for at in range(kills + 1)]
    async with aiohttp.ClientSession(base_url=playground.url, connector=connector) as http:
        await bot.start()
        opened = await asyncio.gather(*(_open(http, person) for person in numbers))
        chats = dict(zip(numbers, opened, strict=True))
        try:
            async with asyncio.timeout(limit):
                for number, batch in enumerate(batches):
                    flowing.clear()
                    for person, phrase in batch:
                        await _tap(http, person, chats[person], phrase, partners[person][1])
                    if number < kills:
                        # In the middle of it: the first of this batch is on its way.
                        await flowing.wait()
                        await asyncio.sleep(dice.uniform(*after))
                        await bot.kill()
                        tally.kills += 1
                        at_work.clear()
                        await bot.start()
                        await at_work.wait()
                while not _is_settled(settings, len(taps)):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)  # another process works on the database
        except TimeoutError:
            tally.notes.append("not everything was settled in time")
        await bot.kill()
        for person, (partner, _) in partners.items():
            tally.arrived += await _arrived(http, tally, partner, person)
    await playground.stop()
    _count(settings, tally)
    return tally


async def _open(http: aiohttp.ClientSession, person: int) -> int:
    """/start, so that there is a message to tap at; its id."""
    await _post(http, person, "messages", {"text": "/start"})
    while True:
        async with http.get(f"/api/people/{person}/chat?after=0&wait=20") as answer:
            chat = (await answer.json())["messages"]
        for message in chat:
            if message["from"] == "bot":
                return int(message["message_id"])


async def _tap(
    http: aiohttp.ClientSession, person: int, message: int, phrase: str, pair: str
) -> None:
    """One phrase to the partner."""
    body = {"message_id": message, "data": f"m.pair.say.{phrase}.{pair}", "force": True}
    await _post(http, person, "presses", body)


async def _post(
    http: aiohttp.ClientSession, person: int, way: str, body: dict[str, object]
) -> None:
    async with http.post(f"/api/people/{person}/{way}", json=body) as answer:
        answer.raise_for_status()


async def _arrived(
    http: aiohttp.ClientSession, tally: NudgeTally, receiver: int, sender: int
) -> int:
    """How many phrases are on this phone; one that is there twice is counted."""
    async with http.get(f"/api/people/{receiver}/chat") as answer:
        chat = (await answer.json())["messages"]
    head = f"{cast.members([sender])[0].alias}: "
    found = Counter(
        str(each["text"]) for each in chat if str(each.get("text") or "").startswith(head)
    )
    tally.twice += sum(count - 1 for count in found.values())
    return len(found)


def _pair_up(settings: Settings, numbers: list[int]) -> dict[int, tuple[int, str]]:
    """Neighbours become partners; by telegram id, the partner's and the pair as buttons name it."""
    kit = make_kit(settings, Clock()().date())
    database = Database(open_engine(settings.url))
    found = database.call(partial(_paired, kit=kit, numbers=numbers))
    database.engine.dispose()
    return found


def _paired(session: Session, kit: Kit, numbers: list[int]) -> dict[int, tuple[int, str]]:
    now = Clock()()
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, partner_pairs=True), now)
    group = groups.groups(session)[0].id
    found = {}
    for one, other in zip(numbers[::2], numbers[1::2], strict=True):
        two = [people.find(session, kit.vault, number) for number in (one, other)]
        ids = [person.id for person in two if person is not None]
        for person in ids:
            members.set_quiet(session, person, None)
        pair = pairs.propose(session, group, (ids[0], ids[1]), (), now)
        assert pair is not None
        for step in (Approve(), Accept(ids[0]), Accept(ids[1])):
            pairs.take(session, pair.id, step, now)
        found[one] = (other, short_id(pair.id))
        found[other] = (one, short_id(pair.id))
    return found


def _states(settings: Settings) -> Counter[str]:
    t = tables.outbox
    query = select(t.c.status, func.count()).where(t.c.key.like("nudge.%")).group_by(t.c.status)
    engine = open_engine(settings.url)
    with engine.connect() as connection:
        found = Counter({str(status): int(count) for status, count in connection.execute(query)})
    engine.dispose()
    return found


def _is_settled(settings: Settings, wanted: int) -> bool:
    states = _states(settings)
    return states.total() >= wanted and not states["pending"] and not states["sending"]


def _count(settings: Settings, tally: NudgeTally) -> None:
    states = _states(settings)
    tally.sent = states.total()
    tally.unsettled = states["pending"] + states["sending"]
    database = Database(open_engine(settings.url))
    tally.uncertain = database.call(nudges.uncertain)
    database.engine.dispose()
    missing = tally.sent - tally.unsettled - tally.arrived
    # An uncertain one may have arrived; a missing one must be among the uncertain.
    tally.unknown = max(0, missing - tally.uncertain) + (states["sent"] > tally.arrived)


def main(couples: int, kills: int) -> NudgeTally:
    """One rehearsal in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="between-nudges-") as folder:
        return asyncio.run(relay(Path(folder), couples=couples, kills=kills))
