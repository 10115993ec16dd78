"""python-telegram-bot talks to the playground with its own default request."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.playground import Playground
from bot.playground.samples import drawing

MAYA = 1001
MARKUP = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


@pytest.fixture
async def ptb(pg: Playground) -> AsyncIterator[Bot]:
    made = Bot("42:PLAYGROUND", f"{pg.url}/bot", f"{pg.url}/file/bot")
    async with made:
        yield made


@pytest.mark.usefixtures("started")
async def test_a_conversation(ptb: Bot, pg: Playground, desk: Any) -> None:
    """Send, press, answer, edit, photo, file, commands: all parsed by the library."""
    assert (await ptb.get_me()).username == "between_playground_bot"
    sent = await ptb.send_message(MAYA, "<b>Hi</b> 😀", parse_mode="HTML", reply_markup=MARKUP)
    assert sent.entities[0].type == "bold"
    pg.press(MAYA, sent.message_id, "go")
    query = (await ptb.get_updates(timeout=1))[-1].callback_query
    assert query is not None
    assert await query.answer("Noted")
    edited = await ptb.edit_message_text("Done", MAYA, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    photo = await ptb.send_photo(MAYA, drawing(30, 20), caption="<i>c</i>", parse_mode="HTML")
    file = await photo.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == drawing(30, 20)
    again = await ptb.send_photo(MAYA, photo.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    assert await ptb.set_my_commands([BotCommand("today", "Today")], language_code="en")
    assert (await desk.get(f"people/{MAYA}/commands"))[0]["command"] == "today"


@pytest.mark.usefixtures("started")
async def test_errors_become_its_exceptions(
    ptb: Bot, pg: Playground, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refusals arrive as the library's own exceptions."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await ptb.edit_message_text("x", MAYA, 777)
    pg.faults.add("sendMessage", "429", retry_after=3)
    with pytest.raises(RetryAfter):
        await ptb.send_message(MAYA, "x")
    pg.faults.add("sendMessage", "404")
    with pytest.raises(InvalidToken):
        await ptb.send_message(MAYA, "x")
    await desk.post(f"people/{MAYA}/block")
    with pytest.raises(Forbidden, match="blocked"):
        await ptb.send_message(MAYA, "x")
