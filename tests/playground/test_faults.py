"""What can be made to go wrong: before the method, after it, and with the updates."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground

MAYA = 1001
pytestmark = pytest.mark.usefixtures("started")


async def texts(desk: Any) -> list[str]:
    return [m["text"] for m in (await desk.chat())["messages"] if m["from"] == "bot"]


@pytest.mark.parametrize(
    ("kind", "code", "sent"), [("429", 429, 0), ("500_before", 500, 0), ("404", 404, 0),
                               ("409", 409, 0)],
)  # fmt: skip
async def test_refusals_before(bot: Any, desk: Any, kind: str, code: int, sent: int) -> None:
    """A fault before the method answers its error, and nothing is sent; the next call works."""
    await desk.post("faults", method="sendMessage", kind=kind, times=1, retry_after=7)
    assert (await bot.call("getMe"))["ok"]
    answer = await bot.call("sendMessage", chat_id=MAYA, text="x")
    assert answer["error_code"] == code
    assert (answer.get("parameters") == {"retry_after": 7}) is (kind == "429")
    assert len(await texts(desk)) == sent
    assert (await bot.call("sendMessage", chat_id=MAYA, text="x"))["ok"]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [("502_after", 1), ("reset_before", 0), ("reset_after", 1), ("truncated", 1)],
)
async def test_broken_answers(bot: Any, desk: Any, kind: str, sent: int) -> None:
    """A broken answer says nothing about whether the method was carried out."""
    await desk.post("faults", method="sendMessage", kind=kind)
    with pytest.raises((aiohttp.ClientError, ValueError)):
        await bot.call("sendMessage", chat_id=MAYA, text="x")
    assert len(await texts(desk)) == sent
    assert await desk.get("faults") == []


async def test_a_call_that_hangs_was_carried_out_and_never_answers(bot: Any, desk: Any) -> None:
    """A call that hangs was carried out and never answers."""
    await desk.post("faults", method="*", kind="hang_after")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.call("sendMessage", chat_id=MAYA, text="x"), 0.3)
    assert await texts(desk) == ["x"]


async def test_a_delayed_answer_comes_in_the_end(bot: Any, pg: Playground) -> None:
    """A delayed answer comes in the end."""
    pg.faults.add("sendMessage", "delay", seconds=0.3)
    begun = asyncio.get_running_loop().time()
    assert (await bot.call("sendMessage", chat_id=MAYA, text="x"))["ok"]
    assert asyncio.get_running_loop().time() - begun >= 0.3


async def test_updates_repeated_and_reordered(bot: Any, desk: Any) -> None:
    """Updates can come twice and in the wrong order, once each time it was ordered."""
    for text in ("one", "two"):
        await desk.post(f"people/{MAYA}/messages", text=text)
    await desk.post("faults", kind="duplicate_updates")
    await desk.post("faults", kind="reorder_updates")
    said = [u["message"]["text"] for u in await bot.updates()]
    assert said == ["two", "one", "two", "one"]
    assert len(await bot.updates()) == 2


async def test_in_order_and_cleared(bot: Any, desk: Any) -> None:
    """Faults happen in the order they were ordered; clearing ends them."""
    await desk.post("faults", method="*", kind="500_before")
    await desk.post("faults", method="getMe", kind="429", times=2)
    codes = [(await bot.call("getMe")).get("error_code") for _ in range(2)]
    assert codes == [500, 429]
    assert (await desk.get("faults"))[0]["times"] == 1
    await desk.ask("DELETE", "faults")
    assert (await bot.call("getMe"))["ok"]


async def test_nonsense_is_refused(desk: Any) -> None:
    """An unknown fault is refused with the list of known ones."""
    assert "Known: 429" in await desk.refused("faults", kind="plague")
    assert "times" in await desk.refused("faults", kind="429", times=0)
