"""How updates reach the bot: long polls, offsets, two pollers, the webhook."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.playground import Playground

MAYA = 1001


async def test_offset_confirms(bot: Any, desk: Any) -> None:
    """An update comes again until an offset above it was passed."""
    await desk.post(f"people/{MAYA}/messages", text="/start")
    await desk.post(f"people/{MAYA}/messages", text="hello")
    first = await bot.updates()
    assert await bot.updates() == first
    assert [u["message"]["text"] for u in first] == ["/start", "hello"]
    assert await bot.updates(limit=1) == first[:1]
    assert await bot.updates(offset=first[1]["update_id"]) == first[1:]
    assert await bot.updates(offset=first[1]["update_id"] + 1) == []


@pytest.mark.usefixtures("started")
async def test_a_long_poll_waits(bot: Any, desk: Any) -> None:
    """A poll with a timeout answers when something happens, or empty when it is over."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert await bot.updates(timeout=1) == []
    assert loop.time() - begun >= 0.9
    waiting = loop.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.1)
    await desk.post(f"people/{MAYA}/messages", text="now")
    assert (await asyncio.wait_for(waiting, 20))[0]["message"]["text"] == "now"


@pytest.mark.usefixtures("started")
async def test_the_older_poller_loses(bot: Any, desk: Any) -> None:
    """A second poll ends the first with 409."""
    older = asyncio.get_running_loop().create_task(bot.call("getUpdates", timeout=30))
    await asyncio.sleep(0.5)
    newer = asyncio.get_running_loop().create_task(bot.call("getUpdates", timeout=30))
    answer = await asyncio.wait_for(older, 20)
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    await desk.post(f"people/{MAYA}/messages", text="now")
    assert (await newer)["ok"]


@pytest.mark.usefixtures("started")
async def test_negative_offset_and_kinds(bot: Any, desk: Any) -> None:
    """A negative offset keeps only the newest; kinds the bot did not ask for never come."""
    for text in ("one", "two", "three"):
        await desk.post(f"people/{MAYA}/messages", text=text)
    batch = await bot.updates(offset=-2)
    assert [u["message"]["text"] for u in batch] == ["two", "three"]
    message = batch[0]["message"]["message_id"]
    await desk.post(f"people/{MAYA}/reactions", message_id=message, emoji="👍")
    assert len(await bot.updates(allowed_updates=["message_reaction"])) == 2
    await desk.post(f"people/{MAYA}/reactions", message_id=message, emoji="❤")
    reaction = (await bot.updates(offset=-1))[0]["message_reaction"]
    assert reaction["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]


@pytest.mark.usefixtures("started")
async def test_updates_expire(bot: Any, desk: Any, pg: Playground) -> None:
    """Telegram forgets a press after 150 seconds and a message after a day."""
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await bot.do("sendMessage", chat_id=MAYA, text="a", reply_markup=markup)
    await desk.post(f"people/{MAYA}/messages", text="kept for a day")
    await desk.post(f"people/{MAYA}/presses", message_id=sent["message_id"], data="go")
    assert len(await bot.updates()) == 2
    pg.advance(160)
    assert [list(u) for u in await bot.updates()] == [["update_id", "message"]]
    pg.advance(86_400)
    assert await bot.updates() == []


@pytest.mark.usefixtures("started")
async def test_the_webhook_carries_the_secret_and_keeps_the_order(bot: Any, desk: Any) -> None:
    """The webhook carries the secret, is tried again when it fails, and keeps the order."""
    got: list[tuple[str | None, str]] = []
    answers = iter([503, 500])
    done = asyncio.Event()

    async def receive(request: web.Request) -> web.Response:
        status = next(answers, 200)
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        got.append((secret, (await request.json())["message"]["text"]))
        if len(got) == 4:
            done.set()
        return web.Response(status=status, headers={"Retry-After": "0.1"} if status > 200 else {})

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.do("setWebhook", url=url, secret_token="s3cret")
    await desk.post(f"people/{MAYA}/messages", text="one")
    await desk.post(f"people/{MAYA}/messages", text="two")
    await asyncio.wait_for(done.wait(), 5)
    assert got == [("s3cret", text) for text in ("one", "one", "one", "two")]
    info = await bot.do("getWebhookInfo")
    assert info["url"] == url
    assert "500" in info["last_error_message"]
    assert "webhook is active" in await bot.refusal("getUpdates")
    await bot.do("deleteWebhook")
    assert await bot.updates() == []
    await runner.cleanup()
