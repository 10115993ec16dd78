"""What a `Message` becomes on the wire, seen on a phone."""

from typing import Any

from bot.messages.message import Button, Message
from bot.telegram import calls
from bot.telegram.app import Api

ROWS = ((Button(text="Yes", data="1.2.y"), Button(text="No", data="1.2.n")),)


def test_a_message_is_html_without_preview_with_its_buttons() -> None:
    """HTML, no link preview, protected if asked; buttons to press, to copy and to open."""
    page = "https://pages.example.org/office"
    rows = (*ROWS, (Button(text="Copy", copy_text="123"), Button(text="Open", url=page)))
    found = calls.send(Message(text="<b>hi</b>", buttons=rows, protect=True), 5)
    assert found == {
        "chat_id": 5,
        "text": "<b>hi</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "protect_content": True,
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "Yes", "callback_data": "1.2.y"},
                    {"text": "No", "callback_data": "1.2.n"},
                ],
                [{"text": "Copy", "copy_text": {"text": "123"}}, {"text": "Open", "url": page}],
            ]
        },
    }


def test_without_markup_the_words_are_the_same() -> None:
    """Without markup the words are the same: tags gone, entities as the signs they stand for."""
    found = calls.plain(calls.send(Message(text="<b>1 &lt; 2</b> &amp; <i>so</i>"), 5))
    assert found["text"] == "1 < 2 & so"
    assert "parse_mode" not in found


async def test_on_the_phone(bot: Api, phones: Any) -> None:
    """Telegram takes it, and the phone shows text, buttons and protection."""
    message = Message(text="<b>1 &lt; 2</b>", buttons=ROWS, protect=True)
    await bot.call("sendMessage", calls.send(message, 1001))
    (shown,) = phones.shown(1001)
    assert shown["text"] == "1 < 2"
    assert shown["protected"]
    assert [button["data"] for button in shown["buttons"][0]] == ["1.2.y", "1.2.n"]


async def test_an_answer_stands_below_what_it_answers(bot: Api, phones: Any) -> None:
    """Below the earlier message while that is there; without it, it comes all the same."""
    first = await bot.call("sendMessage", calls.send(Message(text="an entry"), 1001))
    for earlier in (first["message_id"], 777):
        comment = Message(text="a comment", replies_to=earlier)
        await bot.call("sendMessage", calls.send(comment, 1001))
    _, below, alone = phones.shown(1001)
    assert below["reply_to"] == first["message_id"]
    assert (alone["text"], alone["reply_to"]) == ("a comment", None)
