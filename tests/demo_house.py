"""The demo as `between demo` starts it, with two weeks behind the group, for tests and pictures."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.cli.demo import AWAY, CAST, TOKEN, _enrol_cast, settings_for
from bot.playground import Playground
from bot.store import groups, members
from bot.wiring import Clock, House
from tests.cast import RIVERA

ZONE = "Europe/Madrid"
PATIENCE = 100
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

    async def reads(self, words: str, person: int = RIVERA) -> dict[str, Any]:
        """The newest message with these words, once it is on the phone."""
        for _ in range(PATIENCE):
            found = [
                each
                for each in self.messages(person)
                if each["from"] == "bot" and words in each["text"]
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

    async def ids(self) -> tuple[str, dict[str, str]]:
        """The id of the group, and those of its people by alias, as addresses have them."""
        return await self.house.database.run(partial(_ids, house=self.house))


def _ids(session: Session, house: House) -> tuple[str, dict[str, str]]:
    group = groups.groups(session)[0]
    people = members.of_group(session, house.kit.vault, group.id)
    return str(group.id), {each.alias or "": str(each.person) for each in people}


@asynccontextmanager
async def demo_house(folder: Path) -> AsyncIterator[Demo]:
    """Starts it and ends it."""
    playground = Playground(people=(*CAST, *AWAY), token=TOKEN)
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
