"""The demo as `between demo` starts it, with two weeks behind the group, for tests and pictures."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Container
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Page
from sqlmodel import Session

from bot.cli.demo import CAST, ELSEWHERE, TOKEN, _enrol_cast, settings_for
from bot.playground import Playground
from bot.store import alerts, groups, members, past_runs
from bot.wiring import Clock, House
from tests.cast import RIVERA

ZONE = "Europe/Madrid"
PATIENCE = 300
"""Tenths of a second that something on a phone is waited for."""


@dataclass
class Demo:
    """A running demo."""

    playground: Playground
    house: House

    @property
    def pages(self) -> str:
        """Where the therapist's pages are."""
        assert self.house.web is not None
        return self.house.web.address

    def messages(self, person: int = RIVERA) -> list[dict[str, Any]]:
        """What is on a phone, the oldest first."""
        found: list[dict[str, Any]] = self.playground.chat(person)["messages"]
        return found

    async def reads(
        self, words: str, person: int = RIVERA, but: Container[int] = ()
    ) -> dict[str, Any]:
        """The newest message with these words (`but` those), once it is on the phone."""
        for _ in range(PATIENCE):
            found = [
                each
                for each in self.messages(person)
                if each["from"] == "bot" and words in each["text"] and each["message_id"] not in but
            ]
            if found:
                return found[-1]
            await asyncio.sleep(0.1)
        raise AssertionError(f"“{words}” did not come; there is {self.messages(person)[-1:]}")

    async def press(self, label: str, person: int = RIVERA) -> None:
        """Presses the newest button with this label, once it is there."""
        for _ in range(PATIENCE):
            for message in reversed(self.messages(person)):
                for button in (each for row in message["buttons"] for each in row):
                    if button["text"] == label and "data" in button:
                        data = button["data"]
                        self.playground.press(person, message["message_id"], data)
                        return
            await asyncio.sleep(0.1)
        raise AssertionError(f"there is no button “{label}”")

    async def pages_by_name(self) -> dict[str, str]:
        """The address of each page by its name."""
        return await self.house.database.run(partial(_pages, house=self.house))


def _pages(session: Session, house: House) -> dict[str, str]:
    vault, group = house.kit.vault, groups.groups(session)[0]
    people = {each.alias or "": each.person for each in members.of_group(session, vault, group.id)}
    entry = past_runs.history(session, vault, people["Heron"], limit=1, exercise="cbt.thought7")[
        0
    ].id
    alert = alerts.newest_of(session, people["Wren"])
    assert alert is not None
    here, heron = f"/office/groups/{group.id}", f"/office/people/{people['Heron']}"
    return {
        "today": "/office",
        "group": here,
        "brief": f"{here}/brief",
        "room": f"{here}/room",
        "settings": f"{here}/settings",
        "person": heron,
        "closed": f"/office/people/{people['Robin']}",
        "entry": f"{heron}/entries/{entry}",
        "export-person": f"{heron}/export",
        "alerts": "/office/alerts",
        "alert": f"/office/alerts/{alert.id}",
        "board": "/office/board",
        "pairs": "/office/pairs",
        "library": "/office/library",
        "exercise": "/office/library/cbt.thought7",
        "export": "/office/export",
        "record": "/office/record",
        "account": "/office/account",
        "emergency": "/office/emergency",
    }


def to_noon(now: datetime) -> float:
    """Seconds to the next noon there, when nobody's hours are quiet."""
    local = now.astimezone(ZoneInfo(ZONE))
    noon = local.replace(hour=12, minute=0, second=0, microsecond=0)
    if noon < local:
        noon += timedelta(days=1)
    return (noon.astimezone(UTC) - now).total_seconds()


async def _pass_by(_: Page) -> None:
    """Nobody looks."""


async def sign_in(
    demo: Demo, page: Page, look: Callable[[Page], Awaitable[None]] = _pass_by
) -> None:
    """Dr Rivera opens the link of the chat in this browser, and taps the number it shows; `look`
    is called while it does."""
    if not demo.messages():
        demo.playground.say(RIVERA, "/start")
    before = {each["message_id"] for each in demo.messages()}
    demo.playground.say(RIVERA, "/page")
    message = await demo.reads("/sign-in/", but=before)
    found = re.search(r"http://\S+/sign-in/\S+", message["text"])
    assert found is not None
    await page.goto(found[0])
    await page.locator("main button[type=submit]").click()
    number = (await page.locator(".digits").inner_text()).strip()
    await look(page)
    await demo.press(number)
    await page.locator('main a[href="/sign-in/wait"]').click()
    await page.locator("main button[type=submit]").click()
    await page.wait_for_url("**/office")


@asynccontextmanager
async def demo_house(folder: Path) -> AsyncIterator[Demo]:
    """Starts it and ends it."""
    playground = Playground(people=(*CAST, *ELSEWHERE), token=TOKEN)
    playground.advance(to_noon(Clock()()))
    await playground.start()
    house = House(settings_for(folder, playground.url, ZONE), Clock(lambda: playground.offset))
    house.database.call(partial(_enrol_cast, house))
    playground.on_clock(house.heartbeat.look)
    stopped = asyncio.Event()
    running = asyncio.ensure_future(house.run(stopped))
    try:
        yield Demo(playground, house)
    finally:
        stopped.set()
        await running
        await playground.stop()
