"""A playground per test, a bot that calls it over HTTP, and phones to hold."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.playground import Person, Playground

Json = dict[str, Any]
TOKEN = "42:PLAYGROUND"
MAYA, LEO = 1001, 1002


@dataclass
class Bot:
    """A bot's side of the wire."""

    session: aiohttp.ClientSession
    root: str

    async def call(self, method: str, **params: Any) -> Json:
        """The whole answer of a method, whatever its status."""
        async with self.session.post(f"{self.root}/{method}", json=params) as answer:
            body: Json = await answer.json()
            return body

    async def do(self, method: str, **params: Any) -> Any:
        """The result of a method that must succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """The description of a refusal."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def upload(self, method: str, files: dict[str, bytes], **params: Any) -> Json:
        """The answer of a method called with a multipart form, as libraries send it."""
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, data in files.items():
            form.add_field(name, data, filename=f"{name}.bin")
        async with self.session.post(f"{self.root}/{method}", data=form) as answer:
            body: Json = await answer.json()
            return body

    async def updates(self, **params: Any) -> list[Json]:
        """getUpdates."""
        batch: list[Json] = await self.do("getUpdates", **params)
        return batch


@dataclass
class Desk:
    """The people's side of the wire."""

    session: aiohttp.ClientSession
    url: str

    async def ask(
        self, method: str, path: str, body: Json | None = None, **more: Any
    ) -> tuple[int, Any]:
        """Status and decoded answer of a request to /api."""
        address = f"{self.url}/api/{path}"
        async with self.session.request(method, address, json=body, **more) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> Any:
        """What GET answers."""
        status, body = await self.ask("GET", path)
        assert status == 200, body
        return body

    async def post(self, path: str, **body: Any) -> Any:
        """What a POST that must succeed answers."""
        status, answer = await self.ask("POST", path, body)
        assert status < 300, answer
        return answer

    async def refused(self, path: str, **body: Any) -> str:
        """The sentence with which a POST is refused."""
        status, answer = await self.ask("POST", path, body)
        assert status >= 400, answer
        return str(answer["error"])

    async def chat(self, person: int = MAYA, **query: Any) -> Json:
        """What is on a phone."""
        words = "&".join(f"{name}={value}" for name, value in query.items())
        chat: Json = await self.get(f"people/{person}/chat?{words}")
        return chat

    async def last(self, person: int = MAYA) -> Json:
        """The newest message on a phone."""
        message: Json = (await self.chat(person))["messages"][-1]
        return message


@pytest.fixture
async def pg() -> AsyncIterator[Playground]:
    people = [Person(MAYA, "Maya"), Person(LEO, "Leo", "es", "leo_v")]
    playground = Playground(people=people, token=TOKEN)
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def bot(pg: Playground, session: aiohttp.ClientSession) -> Bot:
    return Bot(session, f"{pg.url}/bot{TOKEN}")


@pytest.fixture
def desk(pg: Playground, session: aiohttp.ClientSession) -> Desk:
    return Desk(session, pg.url)


@pytest.fixture
async def started(desk: Desk, bot: Bot) -> None:
    """Maya and Leo have pressed Start, and the bot has confirmed it."""
    for person in (MAYA, LEO):
        await desk.post(f"people/{person}/messages", text="/start")
    batch = await bot.updates()
    await bot.updates(offset=batch[-1]["update_id"] + 1)


@pytest.fixture
async def echo(bot: Bot) -> AsyncIterator[None]:
    """A small bot that answers every text with buttons and every press with an edit."""
    running = asyncio.get_running_loop().create_task(_echo(bot))
    yield
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError, aiohttp.ClientError):
        await running


async def _echo(bot: Bot) -> None:
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=20):
            offset = update["update_id"] + 1
            await _answer(bot, update)


async def _answer(bot: Bot, update: Json) -> None:
    if said := update.get("message"):
        rows = [[{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]]
        chat, text = said["chat"]["id"], f"You said: {said.get('text', 'something')}"
        markup = {"inline_keyboard": rows}
        await bot.call("sendMessage", chat_id=chat, text=text, reply_markup=markup)
    if pressed := update.get("callback_query"):
        query, message = pressed["id"], pressed["message"]
        await bot.call("answerCallbackQuery", callback_query_id=query, text="Noted")
        where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        await bot.call("editMessageText", text=f"You chose {pressed['data']}", **where)
