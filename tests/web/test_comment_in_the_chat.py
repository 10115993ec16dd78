"""From Maya's phone to her therapist's page and back: the whole house, real HTTP on both sides."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.playground import Person
from bot.store import members, people
from bot.usecases import consented
from bot.usecases.scene import Scene
from bot.wiring import House
from tests.cast import MAYA, RIVERA
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE, Phone
from tests.newcomers import id_of
from tests.web.office import Browser, Page
from tests.web.staged import at_the_pages, with_pages


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Maya's and Dr Rivera's phones, and a house with pages."""
    cast = [Person(id=MAYA, first_name="Maya"), Person(id=RIVERA, first_name="Dr Rivera")]
    async with with_pages(database_url, tmp_path, cast) as stage:
        yield stage


async def thought_record(maya: Phone) -> dict[str, Any]:
    """Maya goes through the five-column record on her phone; the message it ends with."""
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("What happened?")
    await maya.say("Thursday in group I cried and two people looked away.")
    await maya.reads("Which feelings came up?")
    await maya.press("ashamed")
    await maya.reads("• ashamed")
    await maya.press("Done")
    await maya.reads("“ashamed”. How strong was it")
    await maya.press("80")
    await maya.reads("What went through your mind")
    await maya.say("They think I am weak.")
    await maya.reads("How much do you believe this thought right now?")
    await maya.press("90")
    await maya.reads("What would be a fairer answer")
    await maya.say("Two looked away, and five stayed with me.")
    await maya.reads("How much do you believe the answer")
    await maya.press("70")
    await maya.reads("How much do you believe it now?")
    await maya.press("40")
    await maya.reads("“ashamed”. How strong is it now?")
    await maya.press("30")
    return await maya.reads("Saved")


def _lets_read(session: Session, house: House) -> UUID:
    """Maya's therapists may read, and no hour of hers is quiet, whenever this test runs."""
    maya = people.look(session, id_of(session, house, MAYA))
    assert maya is not None
    scene = Scene(session, house.kit, maya, house.clock(), "test")
    consented.decide(scene, Scope.THERAPIST_READS, granted=True)
    members.set_quiet(session, maya.id, None)
    return maya.id


async def shows(rivera: Browser, way: str, words: str) -> Page:
    """Loads the page until it says this."""
    async with asyncio.timeout(PATIENCE):
        while True:
            page = await rivera.get(way)
            if words in page.text:
                return page
            await asyncio.sleep(0.5)  # a session may load one page a second


async def test_a_comment_goes_to_the_entry_and_a_thank_you_comes_back(stage: Stage) -> None:
    """Maya writes; Dr Rivera reads and comments; it stands below the entry on Maya's phone; her
    thank you is a tick on the page, and Dr Rivera's phone stays silent."""
    maya, house = stage.maya, stage.house
    assert house is not None
    saved = await thought_record(maya)
    person = await house.database.run(partial(_lets_read, house=house))
    rivera = await at_the_pages(house)
    silent = len(await stage.rivera.texts())
    try:
        page = await rivera.get(f"/office/people/{person}")
        (way,) = set(re.findall(rf'href="(/office/people/{person}/entries/[^"]+)"', page.text))
        entry = await rivera.get(way)
        assert "They think I am weak." in entry.text
        (named,) = re.findall(r'name="comment" value="([^"]+)"', entry.text)
        form = {"comment": named, "ready": "looked", "text": "“Five stayed” is a fact, too."}
        assert (await rivera.post(f"{way}/comments", form)).status == 303
        arrived = await maya.reads("“Five stayed” is a fact, too.")
        assert arrived["text"].startswith("Hello. Between passes on a few lines")
        assert arrived["reply_to"] == saved["message_id"]
        assert arrived["protected"]
        await shows(rivera, way, "Delivered")
        await maya.press("Thank you")
        await maya.is_told("Dr Rivera will see your thank you.")
        await shows(rivera, way, "✓ Thank you")
        await maya.press("Open the entry")
        opened = (await maya.reads("Two looked away, and five stayed with me."))["text"]
        assert "Dr Rivera wrote about this" in opened
        assert "“Five stayed” is a fact, too." in opened
        assert len(await stage.rivera.texts()) == silent
    finally:
        await rivera.close()
