"""Updates that Telegram brings: only with the secret, once, and only a 200 or a 503 for it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from starlette.responses import PlainTextResponse

from bot.errors import DatabaseAway
from bot.store import tables, updates
from bot.store.worker import Database
from bot.telegram.acks import Acks
from bot.telegram.app import Api, make_bot
from bot.telegram.handling import Handling
from bot.web.hook import LARGEST, Hook
from bot.web.serve import Web
from tests.telegram.conftest import utc_now
from tests.telegram.test_poll import MAYA, Desk

PATH, SECRET = "/telegram/0123456789abcdef", "s" * 32
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Door:
    """A webhook at work, and a stranger before it."""

    def __init__(self, database: Database, desk: Desk, web: Web, http: aiohttp.ClientSession):
        self.database = database
        self.desk = desk
        self.web = web
        self.http = http

    async def bring(
        self, body: Any, secret: str | None = SECRET, path: str = PATH
    ) -> tuple[int, str | None]:
        """Posts something; the status, and for how long we ask to be left alone."""
        headers = {} if secret is None else {HEADER: secret}
        data = body if isinstance(body, bytes) else None
        json = None if data is not None else body
        url = f"{self.web.address}{path}"
        async with self.http.post(url, data=data, json=json, headers=headers) as answer:
            return answer.status, answer.headers.get("Retry-After")

    async def rows(self) -> int:
        """How many rows anything left behind."""
        counts = [
            select(func.count()).select_from(each)
            for each in (tables.seen_update, tables.dead_letter, tables.inbox, tables.outbox)
        ]
        return await self.database.run(
            lambda s: sum(int(s.connection().execute(each).scalar() or 0) for each in counts)
        )

    async def buried(self) -> list[str]:
        """What is in the dead-letter table."""
        query = select(tables.dead_letter.c.error)
        return await self.database.run(lambda s: list(s.connection().execute(query).scalars()))


def said(number: int, text: str = "hello") -> dict[str, Any]:
    """An update."""
    person = {"id": MAYA, "is_bot": False, "first_name": "Maya"}
    chat = {"id": MAYA, "type": "private", "first_name": "Maya"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": message}


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Door]:
    """A webhook before pages that say nothing."""
    desk, bot = Desk(), make_bot("42:X", "http://127.0.0.1:9")
    web = Web("127.0.0.1", 0)
    hook = Hook(
        PlainTextResponse("pages", 404),
        path=PATH,
        secret=SECRET,
        offer=_handling(database, desk, bot).offer,
        bury=_bury(database),
    )
    serving = asyncio.ensure_future(web.run(hook))
    async with aiohttp.ClientSession() as http:
        yield Door(database, desk, web, http)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await bot.shut()


def _handling(database: Database, desk: Desk, bot: Api) -> Handling:
    return Handling(
        database,
        desk.receive,
        Acks(bot),
        bot_id=42,
        clock=utc_now,
        on_wrote=desk.wake,
        on_due=desk.due.append,
        on_poison=desk.on_poison,
    )


def _bury(database: Database) -> Any:
    async def bury(code: str) -> None:
        await database.run(lambda s: updates.bury(s, 42, 0, "other", code, utc_now()))

    return bury


async def test_what_is_brought_is_handled_once(door: Door) -> None:
    """The 200 comes after the commit; a replay hears 200 too, and changes nothing."""
    for _ in range(3):
        assert await door.bring(said(7, "once")) == (200, None)
    assert door.desk.said == [(MAYA, "once")]
    assert await door.rows() == 1


async def test_forged_posts_leave_nothing(door: Door) -> None:
    """Without the secret, with a wrong one, one cut off or in another header: 0 rows of 200."""
    secrets = [None, "", SECRET[:-1], SECRET + "s", SECRET.upper(), "ü" * 32]
    for number in range(200):
        status, _ = await door.bring(said(number), secrets[number % len(secrets)])
        assert status == 403
    assert await door.bring(b"x" * (LARGEST * 4), "wrong") == (403, None)
    assert door.desk.said == []
    assert await door.rows() == 0


async def test_elsewhere_are_the_pages(door: Door) -> None:
    """Another path or method is none of the webhook's business."""
    assert await door.bring(said(1), path="/telegram/other") == (404, None)
    async with door.http.get(f"{door.web.address}{PATH}", headers={HEADER: SECRET}) as answer:
        assert (answer.status, await answer.text()) == (404, "pages")
    assert await door.rows() == 0


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "unreadable: no JSON"),
        (b"[" * 100_000, "unreadable: no JSON"),
        (b"[1]", "unreadable: no update"),
        (b'{"update_id": "7"}', "unreadable: no update"),
        (b"\xff\xfe", "unreadable: no JSON"),
        (b'{"update_id": 7, "message": {"text": 3}}', "unreadable: KeyError"),
        (b'{"update_id": 7, "x": "' + b"y" * LARGEST + b'"}', "unreadable: too large"),
    ],
    ids=[
        "cut off",
        "nothing but brackets",
        "a list",
        "no number",
        "no text",
        "no message",
        "too large",
    ],
)
async def test_what_is_no_update_is_buried(door: Door, body: bytes, error: str) -> None:
    """Telegram hears 200, so that it brings what comes next; a dead letter says what happened."""
    assert await door.bring(body) == (200, None)
    assert await door.buried() == [error]
    assert await door.bring(said(8)) == (200, None)
    assert door.desk.said == [(MAYA, "hello")]


async def test_while_the_database_is_away_telegram_keeps_it(door: Door) -> None:
    """503 and when to come again; nothing is buried, and the next try is handled."""
    away = OperationalError("insert", {}, Exception("gone"))
    door.desk.trouble = lambda _: away
    assert await door.bring(said(7)) == (503, "5")
    door.desk.trouble = lambda _: None
    assert await door.bring(said(7)) == (200, None)
    assert door.desk.said == [(MAYA, "hello")]
    assert await door.buried() == []


BROKEN = [(ZeroDivisionError, (200, None), ["not kept: ZeroDivisionError"]),
          (DatabaseAway, (503, "5"), [])]  # fmt: skip


@pytest.mark.parametrize(("error", "answer", "codes"), BROKEN)
async def test_a_bug_of_ours_is_no_answer(
    database: Database, error: type[Exception], answer: tuple[int, str | None], codes: list[str]
) -> None:
    """Whatever breaks while it is stored, Telegram hears 200 or 503."""
    told: list[str] = []

    async def breaks(_: Any) -> None:
        raise error

    async def bury(code: str) -> None:
        told.append(code)

    web = Web("127.0.0.1", 0)
    hook = Hook(PlainTextResponse("", 404), path=PATH, secret=SECRET, offer=breaks, bury=bury)
    serving = asyncio.ensure_future(web.run(hook))
    async with aiohttp.ClientSession() as http:
        assert await Door(database, Desk(), web, http).bring(said(1)) == answer
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert told == codes
