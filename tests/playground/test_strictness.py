"""What Telegram refuses, the playground refuses, in the same words."""

from typing import Any

import pytest

from bot.playground import Playground
from bot.playground.samples import drawing

Json = dict[str, Any]
MAYA, NOBODY = 1001, 999
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def inline(**button: Any) -> Json:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


REFUSED: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": "  \n "}, "message text is empty"),
    ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"text": "hi", "chat_id": NOBODY}, "chat not found"),
    ("sendMessage", {"text": "hi", "chat_id": ""}, "chat_id is empty"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": inline(callback_data="x" * 65)},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": inline(callback_data="é" * 33)},
        "BUTTON_DATA_INVALID",
    ),
    ("sendMessage", {"text": "x", "reply_markup": inline(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"text": "x", "reply_parameters": {"message_id": 77}},
        "message to be replied not found",
    ),
    ("editMessageText", {"message_id": 777, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageReplyMarkup", {"message_id": 777}, "message to edit not found"),
    ("deleteMessage", {"message_id": 777}, "message to delete not found"),
    ("copyMessage", {"from_chat_id": MAYA, "message_id": 777}, "message to copy not found"),
    ("forwardMessage", {"from_chat_id": MAYA, "message_id": 777}, "message to forward not found"),
    ("sendPhoto", {"photo": "nowhere"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("getFile", {"file_id": "nowhere"}, "invalid file_id"),
    (
        "setMyCommands",
        {"commands": [{"command": "Ünïcode", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [], "language_code": "english"},
        "invalid language code specified",
    ),
    (
        "setWebhook",
        {"url": "https://example.org/hook"},
        "bad webhook: the playground only calls loopback addresses",
    ),
    ("setMessageReaction", {"message_id": 777, "reaction": []}, "message to react not found"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    (
        "sendPoll",
        {"question": "?", "options": ["one"]},
        "poll must have at least 2 option and at most 12 options",
    ),
]


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize(("method", "params", "why"), REFUSED)
async def test_a_call_that_telegram_refuses_is_refused_with_its_description(
    bot: Any, method: str, params: Json, why: str
) -> None:
    """A call that Telegram refuses is refused with its description."""
    assert await bot.refusal(method, **({"chat_id": MAYA} | params)) == f"Bad Request: {why}"


@pytest.mark.usefixtures("started")
async def test_longest_text_is_accepted(bot: Any) -> None:
    """4096 UTF-16 units are allowed, counted without the marks."""
    marked = "<b>" + "😀" * 2048 + "</b>"
    sent = await bot.do("sendMessage", chat_id=MAYA, text=marked, parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@pytest.mark.usefixtures("started")
async def test_longest_caption(bot: Any) -> None:
    """A caption ends at 1024."""
    for length, ok in ((1024, True), (1025, False)):
        answer = await bot.upload(
            "sendPhoto", {"photo": drawing(20, 20)}, chat_id=MAYA, caption="x" * length
        )
        assert answer["ok"] is ok
    assert answer["description"] == "Bad Request: message caption is too long"


@pytest.mark.usefixtures("started")
async def test_unchanged_edits_are_refused(bot: Any) -> None:
    """An edit must change the text or the buttons; without buttons the old ones go."""
    markup = inline(callback_data="go")
    sent = await bot.do("sendMessage", chat_id=MAYA, text="a", reply_markup=markup)
    where = {"chat_id": MAYA, "message_id": sent["message_id"]}
    same = {"text": "a", "reply_markup": markup, **where}
    assert await bot.refusal("editMessageText", **same) == NOT_MODIFIED
    edited = await bot.do("editMessageText", text="a", **where)
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    assert await bot.refusal("editMessageReplyMarkup", **where) == NOT_MODIFIED


async def test_before_start_and_after_block(bot: Any, desk: Any) -> None:
    """A bot cannot write first, and not to someone who blocked it."""
    before = await bot.call("sendMessage", chat_id=MAYA, text="x")
    assert before["error_code"] == 403
    assert before["description"] == "Forbidden: bot can't initiate conversation with a user"
    await desk.post(f"people/{MAYA}/messages", text="/start")
    assert (await bot.call("sendMessage", chat_id=MAYA, text="x"))["ok"]
    await desk.post(f"people/{MAYA}/block")
    after = await bot.call("sendMessage", chat_id=MAYA, text="x")
    assert (after["error_code"], after["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )


@pytest.mark.usefixtures("started")
async def test_a_press_is_answered_once_and_in_time(bot: Any, desk: Any, pg: Playground) -> None:
    """A press takes one answer, within 150 seconds."""
    sent = await bot.do(
        "sendMessage", chat_id=MAYA, text="a", reply_markup=inline(callback_data="go")
    )

    async def press() -> str:
        path, where = f"people/{MAYA}/presses", sent["message_id"]
        return str((await desk.post(path, message_id=where, data="go"))["callback_query_id"])

    first = await press()
    assert await bot.do("answerCallbackQuery", callback_query_id=first, text="Noted")
    assert await bot.refusal("answerCallbackQuery", callback_query_id=first) == TOO_OLD
    assert await bot.refusal("answerCallbackQuery", callback_query_id="12") == TOO_OLD
    second = await press()
    pg.advance(152)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=second) == TOO_OLD
    assert [toast["text"] for toast in (await desk.chat())["toasts"]] == ["Noted"]


@pytest.mark.usefixtures("started")
async def test_protected_messages_stay(bot: Any) -> None:
    """A protected message is neither copied nor forwarded."""
    sent = await bot.do("sendMessage", chat_id=MAYA, text="a", protect_content=True)
    assert sent["has_protected_content"] is True
    where = {"chat_id": MAYA, "from_chat_id": MAYA, "message_id": sent["message_id"]}
    assert "can't be copied" in await bot.refusal("copyMessage", **where)
    assert "can't be forwarded" in await bot.refusal("forwardMessage", **where)


@pytest.mark.usefixtures("started")
async def test_deleting_ends_after_two_days(bot: Any, desk: Any, pg: Playground) -> None:
    """Messages of both sides can be deleted for 48 hours; many at once skip what is gone."""
    old = await bot.do("sendMessage", chat_id=MAYA, text="old")
    pg.advance(48 * 3600 + 5)
    new = await bot.do("sendMessage", chat_id=MAYA, text="new")
    late = await bot.refusal("deleteMessage", chat_id=MAYA, message_id=old["message_id"])
    assert late == "Bad Request: message can't be deleted for everyone"
    ids = [old["message_id"], new["message_id"], 4711]
    assert await bot.do("deleteMessages", chat_id=MAYA, message_ids=ids)
    shown = {m["message_id"]: m["deleted"] for m in (await desk.chat())["messages"]}
    assert (shown[old["message_id"]], shown[new["message_id"]]) == (False, True)


async def test_tokens_and_methods(bot: Any, pg: Playground) -> None:
    """A wrong token is 401, an unknown method 404, and methods ignore case."""
    assert (await bot.call("getme"))["ok"]
    unknown = await bot.call("sendTelepathy")
    assert unknown == {"ok": False, "error_code": 404, "description": "Not Found"}
    bot.root = f"{pg.url}/bot43:OTHER"
    wrong = await bot.call("getMe")
    assert wrong == {"ok": False, "error_code": 401, "description": "Unauthorized"}
