"""Small rehearsals of one thing each: what they find wrong, in words; nothing when all is well."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import create_engine, text
from sqlmodel import Session

from bot.care.pairing import End
from bot.store import pairs, people, staff
from bot.store.database import open_engine
from bot.store.people import Standing
from bot.store.staff import Role
from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.usecases.set_up import Known
from bot.wiring import Clock, make_kit
from tests.cast import ZONE, members
from tests.faults import flight, nudging
from tests.faults.bots import stable
from tests.faults.nudging import PHRASES, Partner
from tests.faults.people import EXERCISE, NUMBERS
from tests.faults.phones import Phones
from tests.faults.places import ROOT, TOKEN, Place, place

LEAD = Known(90_000, "en", ZONE, "")
LONG = 120.0
"""Seconds until a scene gives up; nothing is ever timed by it."""


async def goodbye(root: Path = ROOT, couples: int = 6) -> list[str]:
    """Phrases wait to be sent; half of the pairs end; what waits for those is not sent any more."""
    known = members(range(70_000, 70_000 + 2 * couples))
    async with place([*known, *members([1])]) as here, stable(here.environment, root) as bots:
        paired = nudging.pair_up(here.settings, [each.telegram_id for each in known])
        phones, looks = Phones(here.playground), flight.Flight(here.settings.url)
        two = [Partner(phones.of(who), *paired[who]) for who in paired]
        bot = await bots.start()
        for each in two:
            await each.open()
        await _until(lambda: not looks.waits())
        # Told to wait for so long, the bot leaves everybody alone; begun anew it has forgotten it.
        here.playground.faults.add("sendMessage", "429", retry_after=40)
        phones.of(1).say("/start")
        await _until(lambda: not here.playground.faults.list())
        for each in two:
            each.nudge(PHRASES[0])
        await _until(lambda: looks.phrases()["pending"] == len(two))
        await bot.kill()
        gone = {who for each in two[:couples] for who in (each.phone.person, each.other)}
        _part(here, [two[number].phone.person for number in range(0, couples, 2)])
        await bots.start()
        await _until(lambda: not looks.phrases() & Counter(pending=1, sending=1))
        looks.close()
        arrived = {each.phone.person for each in two if _nudged(each)}
        return [
            *(["a phrase arrived after the pair had ended"] if arrived & gone else []),
            *(["a phrase of a pair that goes on is missing"]
              if len(arrived | gone) < len(two) else []),
        ]  # fmt: skip


def _nudged(each: Partner) -> bool:
    return bool(nudging.phrases_on(each))


def _part(here: Place, people_: list[int]) -> None:
    kit = make_kit(here.settings, Clock()().date())
    database = Database(open_engine(here.settings.url))
    for each in people_:
        database.call(partial(_end, kit=kit, number=each))
    database.engine.dispose()


def _end(session: Session, kit: Kit, number: int) -> None:
    person = people.find(session, kit.vault, number)
    assert person is not None
    pair = pairs.live_of(session, person.id)
    assert pair is not None
    pairs.take(session, pair.id, End(person.id), Clock()())


async def foreign_webhook(root: Path = ROOT) -> list[str]:
    """Somebody points our updates elsewhere: it stays, the lead hears of it once although the bot
    begins anew three times, and once it is gone all goes on."""
    async with _with_lead() as (here, phones), stable(here.environment, root) as bots:
        lead, maya = phones.of(LEAD.telegram_id), phones.of(1)
        await _call(here, "setWebhook", url="http://127.0.0.1:9/telegram/theirs")
        for times in (1, 2, 3):
            bot = await bots.start()
            await _until(lambda times=times: _noticed(here, "foreign_webhook") == times)
            await _settled(here)
            await bot.kill()
        told = [text for text in lead.texts if "an address that is not ours" in text]
        info = await _call(here, "getWebhookInfo")
        await _call(here, "deleteWebhook")
        maya.say("/start")
        await bots.start()
        await asyncio.wait_for(maya.sees(""), LONG)
        return [
            *([f"the lead was told {len(told)} times"] if len(told) != 1 else []),
            *(["it was overwritten"] if "theirs" not in info["url"] else []),
        ]


async def second_copy(root: Path = ROOT) -> list[str]:
    """Somebody else polls with our token, twice within ten minutes: the bot stands back, the lead
    hears of it, and what people write afterwards is handled."""
    async with _with_lead() as (here, phones), stable(here.environment, root) as bots:
        lead, maya = phones.of(LEAD.telegram_id), phones.of(1)
        maya.say("/start")
        bot = await bots.start()
        await asyncio.wait_for(maya.sees(""), LONG)
        for times in (1, 2):
            while _noticed(here, "second_copy") < times:
                await _call(here, "getUpdates", timeout=0)
                await asyncio.sleep(0.5)
            if times == 1:  # it stands back for half a minute; begun anew it does not
                await bot.kill()
                bot = await bots.start()
        await asyncio.wait_for(lead.sees("Another program is receiving"), LONG)
        begin = f"m.begin.{EXERCISE}"
        maya.press(maya.arrived[0], begin)
        await asyncio.wait_for(maya.sees(NUMBERS[0]), LONG)
        return [] if bot.lives else ["the bot gave up"]


@asynccontextmanager
async def _with_lead() -> AsyncIterator[tuple[Place, Phones]]:
    """A place with one person and a lead who has opened their invitation."""
    async with place(members([1]), [LEAD]) as here:
        kit = make_kit(here.settings, Clock()().date())
        database = Database(open_engine(here.settings.url))
        database.call(partial(_employ_lead, kit=kit))
        database.engine.dispose()
        yield here, Phones(here.playground)


def _employ_lead(session: Session, kit: Kit) -> None:
    now, number = Clock()(), LEAD.telegram_id
    found = staff.add_staff(session, kit.vault, "Dr Lead", Role.LEAD, now)
    person = people.welcome(session, kit.vault, number, "en", ZONE, now)
    taken = people.take_place(session, kit.vault, found.id, number, person, now)
    people.set_standing(session, taken.id, Standing.STAFF)


async def _call(here: Place, method: str, **params: Any) -> Any:
    """What somebody else does who has our token."""
    url = f"{here.playground.url}/bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as http, http.post(url, json=params) as answer:
        return (await answer.json()).get("result")


def _noticed(here: Place, kind: str) -> int:
    engine = create_engine(here.settings.url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT times FROM rival WHERE kind = :k"), {"k": kind})
        times = int(found.scalar() or 0)
    engine.dispose()
    return times


async def _settled(here: Place) -> None:
    looks = flight.Flight(here.settings.url)
    await _until(lambda: not looks.waits())
    looks.close()


async def _until(holds: Any) -> None:
    async with asyncio.timeout(LONG):
        while not holds():  # noqa: ASYNC110  (another process works on it)
            await asyncio.sleep(0.1)


async def two_writers(root: Path = ROOT) -> list[str]:
    """The test of the store in which two writers count up one row, with the bot in `root`."""
    asked = (sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider")
    settings = ("-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT))
    test = f"{ROOT / 'tests' / 'store' / 'test_database.py'}::test_no_update_is_lost"
    ran = await asyncio.create_subprocess_exec(
        *(*asked, *settings, test),
        cwd=root,  # where the writers of the test begin to look for the bot
        env={**os.environ, "PYTHONPATH": f"{root}:{ROOT}", "BETWEEN_TEST_ON": "sqlite"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return ["updates of two writers were lost"] if await ran.wait() else []
