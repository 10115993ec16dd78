"""A press is answered, and an answered question shows what was chosen."""

from typing import Any

import pytest

from bot.messages.message import Button, Message
from bot.telegram import calls
from bot.telegram.acks import Ack, Acks, requests
from bot.telegram.app import Api
from bot.telegram.request import Upload

MAYA = 1001
ROWS = ((Button(text="Yes 👍", data="1.2.y"),), (Button(text="No", data="1.2.n"),))


async def pressed(
    bot: Api, phones: Any, data: str, *, photo: bytes | None = None
) -> dict[str, Any]:
    """Maya taps a button under a message; the press as the poll sees it."""
    message = Message(text="👋 How is <b>it</b>?", buttons=ROWS)
    if photo is None:
        raw = await bot.call("sendMessage", calls.send(message, MAYA))
    else:
        raw = await bot.call(
            "sendPhoto",
            calls.captioned(message, MAYA),
            upload=Upload("photo", "picture.png", "image/png", photo),
        )
    phones.playground.press(MAYA, raw["message_id"], data)
    found: dict[str, Any] = (await bot.call("getUpdates", {"timeout": 0}))[-1]["callback_query"]
    return found


async def test_a_settled_press_keeps_its_words_and_shows_the_choice(
    bot: Api, phones: Any, eventually: Any, at_work: Any
) -> None:
    """The buttons go, the words and their form stay, and the choice stands below."""
    acks = Acks(bot)
    press = await pressed(bot, phones, "1.2.y")
    async with at_work(acks.run()):
        acks.put(Ack(press, note="Saved", settled=True))
        await eventually(lambda: phones.called("editMessageText"))
    (shown,) = phones.shown(MAYA)
    assert shown["text"] == "👋 How is it?\n\n✓ Yes 👍"
    assert shown["buttons"] == []
    assert [entity["type"] for entity in shown["entities"]] == ["bold"]
    assert phones.called("answerCallbackQuery")[0]["text"] == "Saved"


async def test_not_settled(bot: Api, phones: Any, eventually: Any, at_work: Any) -> None:
    """A press that settles nothing only stops its spinner."""
    acks = Acks(bot)
    press = await pressed(bot, phones, "1.2.y")
    async with at_work(acks.run()):
        acks.put(Ack(press))
        await eventually(lambda: phones.called("answerCallbackQuery"))
    (shown,) = phones.shown(MAYA)
    assert shown["buttons"]


async def test_under_a_picture(
    bot: Api, phones: Any, eventually: Any, at_work: Any, small_picture: bytes
) -> None:
    """Under a picture the choice is added to the caption."""
    acks = Acks(bot)
    press = await pressed(bot, phones, "1.2.n", photo=small_picture)
    async with at_work(acks.run()):
        acks.put(Ack(press, settled=True))
        await eventually(lambda: phones.called("editMessageCaption"))
    (shown,) = phones.shown(MAYA)
    assert shown["caption"] == "👋 How is it?\n\n✓ No"


async def test_old_press(bot: Api, phones: Any, eventually: Any, at_work: Any) -> None:
    """An error from Telegram is nobody's business, and the next press is answered."""
    acks = Acks(bot)
    press = await pressed(bot, phones, "1.2.y")
    async with at_work(acks.run()):
        acks.put(Ack(press))
        acks.put(Ack(press))
        await eventually(lambda: len(phones.called("answerCallbackQuery")) == 2)
        acks.put(Ack(press, settled=True))
        await eventually(lambda: phones.called("editMessageText"))


async def test_never_waits(bot: Api, phones: Any) -> None:
    """More presses than can be answered are dropped, not waited for."""
    acks = Acks(bot)
    press = await pressed(bot, phones, "1.2.y")
    for _ in range(600):
        acks.put(Ack(press))
    assert acks.dropped == 88


CHAT = {"id": MAYA, "type": "private"}
MARKUP = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
TABLE = [
    ("label unknown", {"text": "?", "reply_markup": MARKUP}, "z", "editMessageReplyMarkup"),
    ("no keyboard", {"text": "?"}, "y", "editMessageReplyMarkup"),
    ("too long", {"text": "x" * 4092, "reply_markup": MARKUP}, "y", "editMessageReplyMarkup"),
    ("just fits", {"text": "x" * 4089, "reply_markup": MARKUP}, "y", "editMessageText"),
    ("inaccessible", {"date": 0}, "y", "editMessageReplyMarkup"),
    ("a place", {"location": {}, "reply_markup": MARKUP}, "y", "editMessageCaption"),
    ("nothing known", {"reply_markup": MARKUP}, "y", "editMessageReplyMarkup"),
    (
        "an odd keyboard",
        {"text": "?", "reply_markup": {"inline_keyboard": [[5]]}},
        "y",
        "editMessageReplyMarkup",
    ),
    ("no keyboard at all", {"text": "?", "reply_markup": []}, "y", "editMessageReplyMarkup"),
]


@pytest.mark.parametrize(("name", "content", "data", "method"), TABLE)
def test_when_it_cannot_be_marked(
    name: str, content: dict[str, Any], data: str, method: str
) -> None:
    """If the choice cannot be written below, at least the buttons go."""
    user = {"id": MAYA, "is_bot": False, "first_name": "M"}
    message = {"message_id": 5, "date": 1, "chat": CHAT} | content
    raw = {"id": "1", "from": user, "chat_instance": "1", "data": data, "message": message}
    calls_made = requests(Ack(raw, settled=True))
    assert [name for name, _ in calls_made] == ["answerCallbackQuery", method]


async def test_an_odd_press_keeps_nobody_waiting(
    bot: Api, phones: Any, eventually: Any, at_work: Any
) -> None:
    """What Telegram may send one day and we do not expect: it ended the whole process."""
    acks = Acks(bot)
    press = await pressed(bot, phones, "1.2.y")
    odd = press | {"message": {"message_id": 1, "text": "a chat of a new kind"}}
    async with at_work(acks.run()):
        for each in (odd,) * 10 + (press,):
            acks.put(Ack(each, settled=True))
        await eventually(lambda: phones.called("editMessageText"))
