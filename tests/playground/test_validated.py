"""Every answer and every update is a valid Bot API object, by aiogram's models."""

import json
from typing import Any

import pytest
from aiogram import methods
from aiogram.methods import Response
from aiogram.types import TelegramObject, Update
from pydantic import TypeAdapter

from bot.playground import Playground
from bot.playground.samples import drawing, hum

Json = dict[str, Any]
MAYA, LEO = 1001, 1002
MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
MODELS: dict[str, Any] = {
    name[0].lower() + name[1:]: getattr(methods, name)
    for name in methods.__all__
    if isinstance(getattr(methods, name), type) and name not in ("TelegramMethod", "Response")
}


def check(method: str, params: Json, answer: Json) -> None:
    """Fails when the call or its answer is not what the Bot API describes."""
    model = MODELS[method]
    model.model_validate(params)
    read: Any = TypeAdapter(Response.__class_getitem__(model.__returning__)).validate_python(answer)
    assert answer["ok"]
    assert unknown(read.result, answer["result"]) == []


def unknown(read: Any, raw: Any, path: str = "") -> list[str]:
    """Fields of an answer that its model does not know."""
    if isinstance(read, list):
        return [f for a, b in zip(read, raw, strict=True) for f in unknown(a, b, f"{path}[]")]
    if not isinstance(read, TelegramObject):
        return []
    known = {(f.alias or name): name for name, f in type(read).model_fields.items()}
    extra = [f"{path}.{name}" for name in raw if name not in known]
    inner = [(known[n], n) for n in raw if n in known]
    return extra + [
        f for own, n in inner for f in unknown(getattr(read, own), raw[n], f"{path}.{n}")
    ]


async def bots_day(bot: Any, desk: Any) -> None:
    """Every method once."""
    chat: Json = {"chat_id": MAYA}
    await bot.do("getMe")
    text = "<b>Hi</b> 😀 <blockquote expandable>q</blockquote> /help https://example.org"
    first = await bot.do("sendMessage", **chat, text=text, parse_mode="HTML", reply_markup=MARKUP)
    at = chat | {"message_id": first["message_id"]}
    reply = {"reply_parameters": {"message_id": first["message_id"]}}
    await bot.do("sendMessage", **chat, text="b", **reply)
    await bot.do("editMessageText", **at, text="c", reply_markup=MARKUP)
    await bot.do("editMessageReplyMarkup", **at)
    photo = await bot.upload(
        "sendPhoto", {"photo": drawing(40, 30)}, chat_id=str(MAYA), caption="p"
    )
    picture = photo["result"]["photo"][-1]["file_id"]
    shown = chat | {"message_id": photo["result"]["message_id"]}
    await bot.do("sendPhoto", **chat, photo=picture, has_spoiler=True, protect_content=True)
    await bot.do("editMessageCaption", **shown, caption="other")
    await bot.do("editMessageMedia", **shown, media={"type": "photo", "media": picture})
    for method, field in (("sendDocument", "document"), ("sendVoice", "voice"),
                          ("sendAnimation", "animation"), ("sendVideo", "video")):  # fmt: skip
        answer = await bot.upload(method, {field: hum()}, **{k: str(v) for k, v in chat.items()})
        assert answer["ok"], answer
    await bot.do("getFile", file_id=picture)
    poll = await bot.do("sendPoll", **chat, question="?", options=[{"text": "a"}, {"text": "b"}])
    await bot.do("stopPoll", **chat, message_id=poll["message_id"])
    await bot.do("sendChatAction", **chat, action="typing")
    await bot.do("sendMessageDraft", **chat, draft_id=1, text="x")
    await bot.do("copyMessage", chat_id=LEO, from_chat_id=MAYA, message_id=first["message_id"])
    await bot.do("forwardMessage", chat_id=LEO, from_chat_id=MAYA, message_id=first["message_id"])
    await bot.do("setMessageReaction", **at, reaction=[{"type": "emoji", "emoji": "👍"}])
    await bot.do("pinChatMessage", **at)
    await bot.do("getChat", **chat)
    await bot.do("unpinChatMessage", **at)
    await bot.do("deleteMessage", **at)
    await bot.do("deleteMessages", chat_id=MAYA, message_ids=[1, 2, 3])
    commands = [{"command": "today", "description": "Today"}]
    await bot.do("setMyCommands", commands=commands, scope={"type": "chat", "chat_id": MAYA})
    await bot.do("getMyCommands")
    await bot.do("deleteMyCommands", language_code="es")
    for which in ("Name", "Description", "ShortDescription"):
        await bot.do(f"setMy{which}", **{snake(which): "x"})
        await bot.do(f"getMy{which}", language_code="es")
    await bot.do("setChatMenuButton", menu_button={"type": "commands"})
    await bot.do("getChatMenuButton")
    await bot.do("deleteWebhook")
    await bot.do("getWebhookInfo")


def snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


@pytest.mark.usefixtures("started")
async def test_every_call_and_its_answer_validate(bot: Any, desk: Any, pg: Playground) -> None:
    """Every call and its answer validate, and no answer has a field Telegram does not know."""
    calls: list[tuple[str, Json, Json]] = []
    pg.on_call(lambda *call: calls.append(call))
    await bots_day(bot, desk)
    assert len({name for name, _, _ in calls}) >= 35
    for call in json.loads(json.dumps(calls)):
        check(*call)


@pytest.mark.usefixtures("started")
async def test_every_update_validates(bot: Any, desk: Any, pg: Playground) -> None:
    """Every update validates: texts, edits, presses, files, votes, reactions, blocks."""
    updates: list[Json] = []
    pg.on_update(updates.append)
    await bot.updates(allowed_updates=["message", "edited_message", "callback_query", "poll",
                      "poll_answer", "my_chat_member", "message_reaction"])  # fmt: skip
    me = f"people/{MAYA}"
    said = await desk.post(f"{me}/messages", text="hello /today")
    await desk.post(f"{me}/messages", text="hello", edit=said["message_id"])
    for kind in [
        "voice",
        "photo",
        "sticker",
        "contact",
        "location",
        "document",
        "video",
        "audio",
        "video_note",
    ]:
        await desk.post(f"{me}/messages", kind=kind)
    asked = await bot.do("sendMessage", chat_id=MAYA, text="a", reply_markup=MARKUP)
    where = {"message_id": asked["message_id"], "data": "go"}
    await desk.post(f"{me}/presses", **where)
    await bot.do("deleteMessage", chat_id=MAYA, message_id=asked["message_id"])
    await desk.post(f"{me}/presses", **where, force=True)
    poll = {"question": "?", "options": ["a", "b"], "is_anonymous": False}
    sent = await bot.do("sendPoll", chat_id=MAYA, **poll)
    await desk.post(f"{me}/votes", message_id=sent["message_id"], options=[0])
    await desk.post(f"{me}/reactions", message_id=sent["message_id"], emoji="👍")
    await desk.post(f"{me}/block")
    await desk.post(f"{me}/unblock")
    await bot.updates()
    kinds = {next(name for name in update if name != "update_id") for update in updates}
    assert kinds == {"message", "edited_message", "callback_query", "poll", "poll_answer",
                     "my_chat_member", "message_reaction"}  # fmt: skip
    for update in updates:
        assert unknown(Update.model_validate(update), update) == []
