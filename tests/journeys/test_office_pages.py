"""What a therapist does at the pages arrives on the phones: real house, real HTTP, real chat."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.playground import Person
from bot.store import alerts, board, groups, people
from bot.store.board import State
from bot.usecases import set_up
from bot.usecases.set_up import Known
from tests.cast import CAST, LEO, MAYA, RIVERA, ZONE
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.journeys.test_alerts import CRISIS_EN, at_ten_on_a_weekday, comes_in, says_hello
from tests.journeys.test_board import LINE, begins, looks_up, puts_forward
from tests.web.staged import at_the_pages, with_pages

MORA = 1021


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The three phones, and the bot with its pages."""
    cast = [
        Person(id=MAYA, first_name="Maya", language_code="en"),
        Person(id=LEO, first_name="Leo", language_code="es"),
        Person(id=RIVERA, first_name="Dr Rivera", language_code="en"),
    ]
    known = [replace(each, checkins=()) for each in CAST]
    async with with_pages(database_url, tmp_path, cast, known) as stage:
        yield stage


async def newest_alert(stage: Stage, who: int) -> str:
    """The id of somebody's newest alert."""
    house = stage.house
    assert house is not None

    def look(session: Session) -> str:
        person = people.find(session, house.kit.vault, who)
        assert person is not None
        found = alerts.newest_of(session, person.id)
        assert found is not None
        return found.id.hex

    return await house.database.run(look)


async def held_line(stage: Stage) -> str:
    """The id of the line that waits."""
    house = stage.house
    assert house is not None

    def look(session: Session) -> str:
        person = people.find(session, house.kit.vault, MAYA)
        assert person is not None
        lines = board.of_person(session, house.kit.vault, person.id)
        return next(each.id.hex for each in lines if each.state is State.HELD)

    return await house.database.run(look)


async def test_an_alert_taken_and_closed_on_the_page_reaches_the_participant(stage: Stage) -> None:
    """Maya hears that Dr Rivera has seen it, and Dr Rivera's chat has nothing left to do."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    await says_hello(maya)
    await maya.say(CRISIS_EN)
    await maya.reads("I’ve sent a note to Dr Rivera")
    await rivera.reads("1 new item needs you now")
    browser, alert = await at_the_pages(stage.house), await newest_alert(stage, MAYA)
    page = await browser.get(f"/office/alerts/{alert}")
    assert CRISIS_EN in page.text
    assert (await browser.post(f"/office/alerts/{alert}/take")).status == 303
    await maya.reads("Dr Rivera has seen the note I sent")
    closed = await browser.post(f"/office/alerts/{alert}/close", {"note": "Called. Is safe."})
    assert closed.status == 303
    await rivera.say("/alerts")
    await rivera.reads("Nothing waits for you here")
    await maya.say("/who")
    looked = await maya.reads("looked at what you had said")
    assert "closed it with a note" in looked["text"]
    await browser.close()


async def test_away_until_monday_alerts_go_to_the_next(stage: Stage) -> None:
    """Two taps in the chat: Dr Mora, who comes after them, is told instead; Maya knows of both."""
    maya, rivera = stage.maya, stage.rivera
    await at_ten_on_a_weekday(stage)
    await comes_in(rivera)
    mora = await second_therapist(stage)
    await says_hello(maya)
    await rivera.say("/menu")
    await rivera.press("I’m away")
    await rivera.press("Until Monday")
    away = await rivera.reads("You are away until Monday")
    assert "items go past you to Dr Mora" in away["text"]
    await maya.say(CRISIS_EN)
    card = await maya.reads("I’ve sent a note to Dr Mora")
    assert "Dr Rivera is away until Monday at 08:00; Dr Mora is there meanwhile." in card["text"]
    await mora.reads("1 new item needs you now")
    assert not any("1 new item" in each for each in await rivera.texts())
    browser = await at_the_pages(stage.house)
    house = stage.house
    assert house is not None
    group = await house.database.run(_only_group)
    way = f"/office/groups/{group}/settings"
    assert "away until" in (await browser.get(way)).text
    assert (await browser.post(f"{way}/away", {"span": "back"})).status == 303
    await rivera.say("/menu")
    await rivera.button("I’m away")
    await browser.close()


async def second_therapist(stage: Stage) -> Phone:
    """Dr Mora comes second in the group, and is in the chat."""
    house = stage.house
    assert house is not None
    person = {"id": MORA, "first_name": "Dr Mora", "language_code": "en"}
    async with stage.http.post("/api/people", json=person) as answer:
        assert answer.status < 300, await answer.text()
    phone = Phone(stage.http, MORA)
    await phone.say("/start")
    await phone.reads("")

    def employ(session: Session) -> None:
        group = groups.groups(session)[0]
        known = Known(MORA, "en", ZONE, "")
        set_up.employ(session, house.kit, group.id, "Dr Mora", known, house.clock())

    await house.database.run(employ)
    return phone


def _only_group(session: Session) -> str:
    return groups.groups(session)[0].id.hex


async def test_a_line_approved_on_the_page_is_found_by_another(stage: Stage) -> None:
    """Maya's line waits, and Dr Rivera's chat says so when asked what needs them; it is put on the
    board on the page, and Leo finds it in two taps."""
    maya, leo, rivera = stage.maya, stage.leo, stage.rivera
    await begins(stage)
    await puts_forward(maya)
    await rivera.say("/start")
    await rivera.press("What needs me")
    asked = await rivera.reads("Nothing waits for you here")
    assert "On your pages, " in asked["text"]
    await rivera.press("Open my pages")
    await rivera.reads("This opens your pages, once")
    browser = await at_the_pages(stage.house)
    page = await browser.get("/office/board")
    assert LINE in page.text
    assert "Heron" not in page.text
    line = await held_line(stage)
    assert (await browser.post(f"/office/board/{line}/approve")).status == 303
    await stage.pass_time(timedelta(seconds=1))
    await maya.reads("It stands on the board now, without your name")
    await looks_up(leo)
    found = await leo.reads(LINE)
    assert "Heron" not in found["text"]
    await browser.close()
