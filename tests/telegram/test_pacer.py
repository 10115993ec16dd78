"""Moving words keep their pace or stand still; nothing depends on them."""

import asyncio
from typing import Any

import pytest

from bot.messages.message import Button, Frame, Message
from bot.telegram import calls
from bot.telegram.app import Api
from bot.telegram.pacer import Pacer, moments
from bot.telegram.rates import UNLIMITED, Limit, Limits, Rates

MAYA = 1001
ROWS = ((Button(text="Stop", data="1.2.stop"),),)
BREATH = Message(
    text="Breathe",
    buttons=ROWS,
    frames=tuple(Frame(seconds=0.2, text=text) for text in ("In", "Hold", "Out", "Well done")),
)


def test_each_frame_stands_for_its_seconds() -> None:
    """Each frame stands for its seconds, the first one a gap after the message."""
    frames = (Frame(seconds=4, text="In"), Frame(seconds=6, text="Out"))
    assert [(m.start, m.end, m.text) for m in moments(frames)] == [(2, 6, "In"), (6, 12, "Out")]


async def begin(
    bot: Api, group: asyncio.TaskGroup, message: Message = BREATH, *, gap: float = 0.1,
    limits: Limits = UNLIMITED,
) -> Pacer:  # fmt: skip
    """Send a message and let its words move."""
    raw = await bot.call("sendMessage", calls.send(message, MAYA))
    pacer = Pacer(bot, Rates(limits), gap=gap)
    pacer.begin(group, MAYA, raw["message_id"], message)
    return pacer


def edits(phones: Any) -> list[str]:
    """The words shown by editing."""
    return [call["text"] for call in phones.called("editMessageText")]


async def test_moves_and_keeps_its_buttons(bot: Api, phones: Any) -> None:
    """Frame after frame, at their pace, with the buttons still there; then it is over."""
    begun = asyncio.get_running_loop().time()
    async with asyncio.TaskGroup() as group:
        pacer = await begin(bot, group)
    assert edits(phones) == ["In", "Hold", "Out", "Well done"]
    assert 0.65 < asyncio.get_running_loop().time() - begun < 1.5
    (shown,) = phones.shown(MAYA)
    assert shown["text"] == "Well done"
    assert shown["buttons"][0][0]["data"] == "1.2.stop"
    assert pacer.moving() == 0


async def test_told_to_stop_the_words_stand(bot: Api, phones: Any, eventually: Any) -> None:
    """Told to stop, the words stand as they are."""
    async with asyncio.TaskGroup() as group:
        pacer = await begin(bot, group)
        await eventually(lambda: edits(phones))
        pacer.stop(MAYA)
    assert len(edits(phones)) <= 2
    assert pacer.moving() == 0


async def test_never_faster_than_the_gap(bot: Api, phones: Any) -> None:
    """Frames shorter than the gap are left out; the last one is always shown."""
    begun = asyncio.get_running_loop().time()
    async with asyncio.TaskGroup() as group:
        await begin(bot, group, gap=0.5)
    assert edits(phones) == ["In", "Out", "Well done"]
    assert asyncio.get_running_loop().time() - begun > 1.4


async def test_late_frames_are_dropped(bot: Api, phones: Any) -> None:
    """After a slow answer it goes on with the frame that is due now, not with the one missed."""
    phones.playground.faults.add("editMessageText", "delay", seconds=0.45)
    async with asyncio.TaskGroup() as group:
        await begin(bot, group)
    assert edits(phones) == ["In", "Out", "Well done"]


async def test_429_stops(bot: Api, phones: Any) -> None:
    """Told to slow down, the words stop for good, and the chat rests as long as told."""
    phones.playground.faults.add("editMessageText", "429", retry_after=7)
    async with asyncio.TaskGroup() as group:
        await begin(bot, group)
    assert len(edits(phones)) == 1


@pytest.mark.parametrize("fault", ["500_before", "502_after", "404", "reset_after"])
async def test_a_lost_frame(bot: Api, phones: Any, fault: str) -> None:
    """A frame that got lost is not repeated; the next one comes on time."""
    phones.playground.faults.add("editMessageText", fault)
    async with asyncio.TaskGroup() as group:
        await begin(bot, group)
    assert edits(phones) == ["In", "Hold", "Out", "Well done"]


async def test_a_deleted_message_ends_the_movement(bot: Api, phones: Any) -> None:
    """If the message was deleted, that is the end of it."""
    async with asyncio.TaskGroup() as group:
        pacer = await begin(bot, group)
        await bot.delete_message(MAYA, phones.shown(MAYA)[0]["message_id"])
    assert len(edits(phones)) == 1
    assert pacer.moving() == 0


async def test_leaves_room_for_what_matters(bot: Api, phones: Any) -> None:
    """Where the chat's limit is reached, a frame is dropped rather than a message delayed."""
    async with asyncio.TaskGroup() as group:
        await begin(bot, group, limits=Limits(None, Limit(0.1, 1), None))
    assert edits(phones) == ["In"]
