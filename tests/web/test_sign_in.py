"""Signing in with the chat in one hand and the browser in the other, on the playground."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pyotp import TOTP
from sqlalchemy import select, update
from sqlmodel import Session

from bot.playground import Person
from bot.store import sign_ins, tables
from bot.store.sign_ins import LIFE
from bot.usecases.office.signing_in import tidy
from tests.cast import MAYA, RIVERA
from tests.journeys.conftest import Stage
from tests.web.office import Browser, Page
from tests.web.staged import with_pages

ACCOUNT = "/office/account"


class Door:
    """A stage with pages, and browsers in front of them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.browsers: list[Browser] = []
        assert stage.house is not None
        assert stage.house.web is not None
        self.address = stage.house.web.address
        self.rivera = stage.rivera

    def browser(self) -> Browser:
        """One more browser."""
        made = Browser(self.address)
        self.browsers.append(made)
        return made

    async def link(self) -> str:
        """What /page gives, without the host."""
        await self.rivera.say("/page")
        said = await self.rivera.reads("/sign-in/")
        return re.search(r"/sign-in/[\w-]{20,}", said["text"])[0]  # type: ignore[index] # it is there

    async def begin(self) -> tuple[Browser, str]:
        """A browser that used a link, and the number it shows."""
        way = await self.link()
        browser = self.browser()
        assert (await browser.get(way)).status == 200
        assert (await browser.post(way)).to == "/sign-in/wait"
        return browser, await number(browser)

    async def enrolled(self) -> tuple[Browser, TOTP, list[str]]:
        """Dr Rivera's first sign-in: the browser, the app, the codes for a lost phone."""
        browser, shown = await self.begin()
        await self.rivera.press(shown)
        await self.rivera.reads("That is the number")
        page = await browser.get("/sign-in/wait")
        app = TOTP(re.search(r"<code>([A-Z2-7]{32})</code>", page.text)[1])  # type: ignore[index]
        done = await prove(browser, app.at(self.now()))
        assert done.status == 200
        return browser, app, re.findall(r"<li>([A-Z0-9-]{19})</li>", done.text)

    def now(self) -> datetime:
        """The time it is in the house."""
        assert self.stage.house is not None
        return self.stage.house.clock()


async def number(browser: Browser) -> str:
    """The number a browser shows."""
    page = await browser.get("/sign-in/wait")
    assert "Refresh" in page.headers
    return re.search(r'class="digits">(\d\d)<', page.text)[1]  # type: ignore[index] # it is there


async def prove(browser: Browser, code: str) -> Page:
    """Types a code into the page that asks for it."""
    page = await browser.get("/sign-in/wait")
    token = re.search(r'name="csrf" value="(\w+)"', page.text)[1]  # type: ignore[index]
    return await browser.post("/sign-in/prove", {"code": code}, csrf=token)


@pytest.fixture
async def door(database_url: str, tmp_path: Path) -> AsyncIterator[Door]:
    """The whole house with pages, Dr Rivera's phone and Maya's."""
    people = [
        Person(id=MAYA, first_name="Maya", language_code="en"),
        Person(id=RIVERA, first_name="Dr Rivera", language_code="en"),
    ]
    async with with_pages(database_url, tmp_path, people) as stage:
        door = Door(stage)
        for phone in (stage.maya, stage.rivera):
            await phone.say("/start")
            await phone.reads("")
        yield door
        for each in door.browsers:
            await each.close()


async def test_the_first_sign_in(door: Door) -> None:
    """A link, a number, an app, codes for a lost phone; the session is under a new secret, and the
    chat says where it is."""
    browser, _, codes = await door.enrolled()
    assert len(codes) == 8
    assert set(browser.cookies()) == {"sid"}
    assert (await browser.get(ACCOUNT)).status == 200
    await door.rivera.reads("You are signed in to your pages in Firefox, Linux")
    assert (await browser.get("/sign-in/wait")).to == "/sign-in"


async def test_the_next_sign_in_asks_for_the_app(door: Door) -> None:
    """The secret is never shown again; a wrong code says so; a code used before is none."""
    _, app, codes = await door.enrolled()
    browser, shown = await door.begin()
    await door.rivera.press(shown)
    await door.rivera.reads("That is the number")
    page = await browser.get("/sign-in/wait")
    assert app.secret not in page.text
    assert "segno" not in page.text
    assert (await prove(browser, "000000")).status == 403
    assert (await prove(browser, app.at(door.now()))).status == 403
    assert (await browser.get(ACCOUNT)).to == "/sign-in"
    assert (await prove(browser, codes[0])).to == "/office"
    assert (await browser.get(ACCOUNT)).status == 200


async def test_a_code_from_another_computer(door: Door) -> None:
    """The page shows a code, the chat is told it, the numbers follow; a code works once."""
    browser = door.browser()
    assert (await browser.post("/sign-in")).to == "/sign-in/wait"
    page = await browser.get("/sign-in/wait")
    code = re.search(r"/page ([A-Z2-9]{8})", page.text)[1]  # type: ignore[index] # it is there
    await door.rivera.say(f"/page {code[:4].lower()} {code[4:]}")
    await door.rivera.reads("tap the number")
    shown = await number(browser)
    await door.rivera.say(f"/page {code}")
    await door.rivera.reads("There is no sign-in with this code")
    await door.rivera.press(shown)
    await door.rivera.reads("That is the number")
    assert "authenticator app" in (await browser.get("/sign-in/wait")).text


async def test_the_code_is_typed_without_the_command(door: Door) -> None:
    """“Send this code in your chat”: so some send the code alone, and got the menu. Any other word
    of eight letters is none."""
    browser = door.browser()
    assert (await browser.post("/sign-in")).to == "/sign-in/wait"
    page = await browser.get("/sign-in/wait")
    code = re.search(r"/page ([A-Z2-9]{8})", page.text)[1]  # type: ignore[index] # it is there
    await door.rivera.say("Tomorrow")
    await door.rivera.reads("What would you like to do?")
    await door.rivera.say(code.lower())
    await door.rivera.reads("tap the number")
    await door.rivera.press(await number(browser))
    await door.rivera.reads("That is the number")


async def test_a_wrong_number_ends_it(door: Door) -> None:
    """Nobody gets in, not even with the right number afterwards."""
    browser, shown = await door.begin()
    asked = await door.rivera.reads("tap the number")
    labels = [each for row in asked["buttons"] for each in row]
    wrong = next(each for each in labels if each["text"] not in (shown, "That is not me"))
    right = next(each for each in labels if each["text"] == shown)
    await door.rivera.press(wrong["text"])
    await door.rivera.reads("This sign-in has ended")
    await door.rivera.tap({**right, "message_id": asked["message_id"]}, force=True)
    page = await browser.get("/sign-in/wait")
    assert "This sign-in has ended" in page.text
    assert "digits" not in page.text


async def test_it_was_somebody_else(door: Door) -> None:
    """One tap says so, and ends it."""
    browser, _ = await door.begin()
    await door.rivera.press("That is not me")
    await door.rivera.reads("This sign-in has ended")
    assert "This sign-in has ended" in (await browser.get("/sign-in/wait")).text


async def test_previews_spend_nothing(door: Door) -> None:
    """Whatever opens the link by itself leaves it for its owner; the owner uses it once."""
    way = await door.link()
    for _ in range(3):
        assert (await door.browser().get(way)).status == 200
    browser = door.browser()
    assert (await browser.post(way)).to == "/sign-in/wait"
    late = await door.browser().post(way)
    assert (late.status, "no longer open" in late.text) == (404, True)
    assert (await door.browser().get(way)).status == 404
    assert (await door.browser().get("/p/" + way.rpartition("/")[2])).status == 404


async def test_a_link_is_for_its_own_page(door: Door) -> None:
    """The link of a sign-in opens no private page, and is not used up by trying."""
    way = await door.link()
    private = "/p/" + way.rpartition("/")[2]
    assert (await door.browser().get(private)).status == 404
    assert (await door.browser().post(private)).status == 404
    assert (await door.browser().get(way)).status == 200


async def test_somebody_elses_browser_gets_nothing(door: Door) -> None:
    """The approval is for the browser that shows the number: no other secret goes on with it."""
    browser, shown = await door.begin()
    thief = door.browser()
    thief.set_cookie("sid", "chosen-by-somebody-else")
    thief.set_cookie("pre", "chosen-by-somebody-else")
    await door.rivera.press(shown)
    await door.rivera.reads("That is the number")
    assert (await thief.get("/sign-in/wait")).to == "/sign-in"
    page = await browser.get("/sign-in/wait")
    app = TOTP(re.search(r"<code>([A-Z2-7]{32})</code>", page.text)[1])  # type: ignore[index]
    before = browser.cookies()["pre"]
    browser.set_cookie("sid", "chosen-by-somebody-else")
    await prove(browser, app.at(door.now()))
    after = browser.cookies()["sid"]
    assert after not in (before, "chosen-by-somebody-else")
    for stale in (before, "chosen-by-somebody-else"):
        other = door.browser()
        other.set_cookie("sid", stale)
        assert (await other.get(ACCOUNT)).to == "/sign-in"
    again = door.browser()
    again.set_cookie("pre", before)
    assert (await again.get("/sign-in/wait")).to == "/sign-in"


async def test_it_takes_ten_minutes_at_most(door: Door) -> None:
    """Then the link, the number and the code are over."""
    way = await door.link()
    browser, shown = await door.begin()
    await door.stage.pass_time(timedelta(minutes=10))
    assert (await door.browser().get(way)).status == 404
    await door.rivera.press(shown)
    assert (await browser.get("/sign-in/wait")).to == "/sign-in"


async def test_signing_out_everywhere_from_the_chat(door: Door) -> None:
    """The notice of a sign-in has the way out."""
    browser, _, _ = await door.enrolled()
    await door.rivera.press("Sign out everywhere")
    await door.rivera.reads("signed out of your pages everywhere")
    assert (await browser.get(ACCOUNT)).to == "/sign-in"


async def test_five_guesses_in_ten_minutes(door: Door) -> None:
    """The sixth sign-in begun from one place without a link, or with a wrong one, is refused;
    nothing reaches the chat. A good link works all the same."""
    way = await door.link()
    browser = door.browser()
    for _ in range(3):
        assert (await browser.post("/sign-in")).to == "/sign-in/wait"
    for _ in range(2):
        assert (await browser.post("/sign-in/wrong")).status == 404
    for guess in ("/sign-in", "/sign-in/wrong"):
        refused = await browser.post(guess)
        assert (refused.status, "One moment" in refused.text) == (429, True)
    assert not any("tap the number" in each for each in await door.rivera.texts())
    assert (await browser.post(way)).to == "/sign-in/wait"
    await door.rivera.reads("tap the number")
    await door.stage.pass_time(timedelta(minutes=10))
    assert (await browser.post("/sign-in")).to == "/sign-in/wait"


async def test_a_network_of_ipv6_is_one_place(door: Door) -> None:
    """A new address for each guess is nothing new: whoever has one has the whole network. Other
    networks, and IPv4 written as IPv6, are other places."""
    browser = door.browser()

    async def begins(address: str) -> int:
        return (await browser.post("/sign-in", headers={"X-Forwarded-For": address})).status

    assert {await begins(f"2001:db8:0:1:{at:x}::1") for at in range(5)} == {303}
    assert await begins("2001:db8:0:1:ffff::9") == 429
    assert await begins("2001:db8:0:2::1") == 303
    assert {await begins(f"::ffff:192.0.2.{at}") for at in range(6)} == {303}


async def test_five_attempts_of_one_therapist(door: Door) -> None:
    """The sixth link in ten minutes begins nothing, whoever has the chat."""
    for _ in range(5):
        await door.begin()
    way = await door.link()
    assert (await door.browser().post(way)).status == 404


async def test_attempts_of_a_clock_that_ran_ahead(door: Door) -> None:
    """They counted as of late until the clock had come there; the hourly tidying ends that."""
    assert door.stage.house is not None
    database, ahead = door.stage.house.database, door.now() + timedelta(days=365)
    await door.begin()
    made = update(tables.sign_in).values(made_at=ahead, expires_at=ahead + LIFE)

    def tidied(session: Session) -> int:
        session.connection().execute(made)
        (me,) = session.connection().execute(select(tables.sign_in.c.staff_id)).scalars()
        assert sign_ins.begun_by(session, me, door.now()) == 1
        tidy(session, door.now())
        return sign_ins.begun_by(session, me, door.now())

    assert await database.run(tidied) == 0


async def test_participants_know_nothing_of_it(door: Door) -> None:
    """/page is no command of theirs, published or not."""
    maya = door.stage.maya
    await maya.say("/page")
    await maya.reads("")
    assert not any("sign-in" in each for each in await maya.texts())
    assert "page" not in [each["command"] for each in await maya.commands()]


async def test_the_sign_in_page_names_nobody(door: Door) -> None:
    """It asks for nothing, and is the same for everybody."""
    first, second = await door.browser().get("/sign-in"), await door.browser().get("/sign-in")
    assert first.text == second.text
    assert "<input" not in first.text
