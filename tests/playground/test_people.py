"""What people do on their phones, and what they see there."""

import asyncio
from typing import Any

import pytest

from bot.playground import Person, Playground

MAYA, LEO = 1001, 1002
MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
KINDS = [
    "voice",
    "photo",
    "sticker",
    "contact",
    "location",
    "document",
    "video",
    "audio",
    "video_note",
]


async def test_start_comes_first(desk: Any, bot: Any) -> None:
    """Nothing can be said before Start; a deep link carries its payload."""
    assert "/start" in await desk.refused(f"people/{MAYA}/messages", text="hello")
    await desk.post(f"people/{MAYA}/messages", text="/start invite-123")
    message = (await bot.updates())[0]["message"]
    assert message["text"] == "/start invite-123"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "en"


async def test_somebody_elsewhere_takes_messages_and_is_not_shown(session: Any) -> None:
    """The bot writes to somebody whose phone is elsewhere without an error; no phone is there."""
    people = [Person(MAYA, "Maya"), Person(2001, "Wren", elsewhere=True)]
    playground = Playground(people=people, token="42:PLAYGROUND")
    await playground.start()
    address = f"{playground.url}/bot42:PLAYGROUND/sendMessage"
    async with session.post(address, json={"chat_id": 2001, "text": "Hello"}) as answer:
        assert (await answer.json())["ok"]
    async with session.get(f"{playground.url}/api/people") as answer:
        assert [each["first_name"] for each in await answer.json()] == ["Maya"]
    playground.world.reset()
    assert playground.world.chat_of(2001).started
    await playground.stop()


async def test_list_and_newcomers(desk: Any, bot: Any) -> None:
    """A new phone gets an id of its own and can start at once."""
    new = await desk.post("people", first_name="Ana", language_code="es", username="ana_x")
    await desk.post(f"people/{new['id']}/messages", text="/start")
    assert (await bot.do("sendMessage", chat_id=new["id"], text="Hola"))["chat"]["username"]
    people = {p["first_name"]: p for p in await desk.get("people")}
    assert list(people) == ["Maya", "Leo", "Ana"]
    assert people["Ana"] == {
        "id": new["id"], "first_name": "Ana", "language_code": "es", "username": "ana_x",
        "started": True, "blocked": False, "unread": 1,
    }  # fmt: skip
    await desk.post(f"people/{new['id']}/read")
    assert (await desk.get("people"))[-1]["unread"] == 0
    assert "taken" in await desk.refused("people", first_name="Eve", id=MAYA)
    assert "first_name" in await desk.refused("people", first_name=" ")


@pytest.mark.usefixtures("started")
async def test_only_buttons_that_are_there(desk: Any, bot: Any) -> None:
    """A press needs its button on the message now; an old client can force it."""
    sent = await bot.do("sendMessage", chat_id=MAYA, text="a", reply_markup=MARKUP)
    where = {"message_id": sent["message_id"], "data": "go"}
    await desk.post(f"people/{MAYA}/presses", **where)
    query = (await bot.updates())[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("go", MAYA, "a")
    await bot.do("editMessageText", chat_id=MAYA, message_id=sent["message_id"], text="b")
    assert "no button" in await desk.refused(f"people/{MAYA}/presses", **where)
    assert "no button" in await desk.refused(f"people/{MAYA}/presses", **where | {"data": "x"})
    await desk.post(f"people/{MAYA}/presses", **where, force=True)
    assert "not on this phone" in await desk.refused(f"people/{LEO}/presses", **where)


@pytest.mark.usefixtures("started")
async def test_editing_ones_own_text(desk: Any, bot: Any) -> None:
    """An edit of one's own text is an edited_message; others cannot be edited."""
    sent = await desk.post(f"people/{MAYA}/messages", text="helo")
    await desk.post(f"people/{MAYA}/messages", text="hello", edit=sent["message_id"])
    edited = (await bot.updates(offset=-1))[0]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("hello", sent["message_id"])
    assert (await desk.last())["edited"] is True
    theirs = await bot.do("sendMessage", chat_id=MAYA, text="x")
    await desk.refused(f"people/{MAYA}/messages", text="y", edit=theirs["message_id"])


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("kind", KINDS)
async def test_sending_other_things(desk: Any, bot: Any, kind: str) -> None:
    """A phone can send what a bot does not expect; its file can be downloaded."""
    await desk.post(f"people/{MAYA}/messages", kind=kind)
    message = (await bot.updates())[0]["message"]
    shown = await desk.last()
    assert shown["kind"] == kind
    if kind not in ("contact", "location"):
        found = message[kind][-1] if isinstance(message[kind], list) else message[kind]
        file = await bot.do("getFile", file_id=found["file_id"])
        root = bot.root.replace("/bot", "/file/bot", 1)
        async with bot.session.get(f"{root}/{file['file_path']}") as answer:
            assert len(await answer.read()) == file["file_size"]


@pytest.mark.usefixtures("started")
async def test_reading_only_what_changed(desk: Any, bot: Any) -> None:
    """`after` answers each changed message once, in its newest state; `wait` holds for it."""
    first = await bot.do("sendMessage", chat_id=MAYA, text="one")
    seq = (await desk.chat())["seq"]
    waiting = asyncio.get_running_loop().create_task(desk.chat(after=seq, wait=10))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await bot.do("sendMessage", chat_id=MAYA, text="two")
    assert [m["text"] for m in (await waiting)["messages"]] == ["two"]
    await bot.do("editMessageText", chat_id=MAYA, message_id=first["message_id"], text="ONE")
    await bot.do("deleteMessage", chat_id=MAYA, message_id=first["message_id"])
    changed = (await desk.chat(after=seq))["messages"]
    assert [(m["text"], m["deleted"]) for m in changed] == [("", True), ("two", False)]
    assert (await desk.chat(after=10_000))["messages"] == []


@pytest.mark.usefixtures("started")
async def test_the_phone_shows_marks_safely(desk: Any, bot: Any) -> None:
    """Marks become tags, text never does."""
    text = "<b>1 &lt; 2</b> <a href='javascript:alert(1)'>x</a> &lt;script&gt;"
    await bot.do("sendMessage", chat_id=MAYA, text=text, parse_mode="HTML")
    assert (await desk.last())["html"] == "<b>1 &lt; 2</b> x &lt;script&gt;"


@pytest.mark.usefixtures("started")
async def test_reply_keyboards(desk: Any, bot: Any) -> None:
    """A reply keyboard stays until it is removed, or used when it is for one time."""
    keyboard = {"keyboard": [["Today", {"text": "Help"}]], "one_time_keyboard": True}
    sent = await bot.do("sendMessage", chat_id=MAYA, text="a", reply_markup=keyboard)
    assert "reply_markup" not in sent
    shown = (await desk.chat())["reply_keyboard"]
    assert shown["rows"] == [[{"text": "Today"}, {"text": "Help"}]]
    await desk.post(f"people/{MAYA}/messages", text="Today")
    assert (await desk.chat())["reply_keyboard"] is None


@pytest.mark.usefixtures("started")
async def test_blocking_and_unblocking_tell_the_bot(desk: Any, bot: Any) -> None:
    """Blocking and unblocking tell the bot; a blocked chat cannot be written in."""
    await desk.post(f"people/{MAYA}/block")
    assert "unblock" in await desk.refused(f"people/{MAYA}/messages", text="x")
    await desk.post(f"people/{MAYA}/unblock")
    moves = [u["my_chat_member"] for u in await bot.updates()]
    assert [m["new_chat_member"]["status"] for m in moves] == ["kicked", "member"]


@pytest.mark.usefixtures("started")
async def test_a_deleted_account(desk: Any, bot: Any) -> None:
    """Nothing comes from it, not even the news; whoever writes to it is told by Telegram."""
    await desk.post(f"people/{MAYA}/leave_telegram")
    assert "deleted" in await desk.refused(f"people/{MAYA}/messages", text="x")
    assert await bot.updates() == []
    refused = await bot.refusal("sendMessage", chat_id=MAYA, text="x")
    assert refused == "Forbidden: user is deactivated"


@pytest.mark.usefixtures("started")
async def test_a_vote_names_the_voter_unless_the_poll_is_anonymous(desk: Any, bot: Any) -> None:
    """A vote reaches the bot with the voter unless the poll is anonymous."""
    poll = {"question": "When?", "options": ["Tuesday", "Thursday"], "is_anonymous": False}
    sent = await bot.do("sendPoll", chat_id=MAYA, **poll)
    await desk.post(f"people/{MAYA}/votes", message_id=sent["message_id"], options=[1])
    answer, state = await bot.updates()
    assert answer["poll_answer"]["option_ids"] == [1]
    assert state["poll"]["total_voter_count"] == 1
    closed = await bot.do("stopPoll", chat_id=MAYA, message_id=sent["message_id"])
    assert closed["is_closed"]


@pytest.mark.usefixtures("started")
async def test_the_clock_only_jumps_ahead_and_says_so(desk: Any, bot: Any, pg: Playground) -> None:
    """The clock only jumps ahead; messages carry its time and listeners hear of it."""
    heard: list[float] = []
    pg.on_clock(lambda: heard.append(pg.offset.total_seconds()))
    before = (await bot.do("sendMessage", chat_id=MAYA, text="a"))["date"]
    clock = await desk.post("clock", advance_seconds=3600)
    after = (await bot.do("sendMessage", chat_id=MAYA, text="b"))["date"]
    assert 3600 <= after - before <= 3605
    assert (clock["offset"], heard) == (3600.0, [3600.0])
    assert abs(pg.now().timestamp() - clock["unix"]) < 5
    assert "forward" in await desk.refused("clock", advance_seconds=-1)


@pytest.mark.usefixtures("started")
async def test_observers_and_calls(desk: Any, bot: Any, pg: Playground) -> None:
    """Observers hear every call with its decoded parameters and every update as served."""
    calls: list[Any] = []
    updates: list[Any] = []
    pg.on_call(lambda *call: calls.append(call))
    pg.on_update(updates.append)
    await bot.upload("sendMessage", {}, chat_id=str(MAYA), text="a", reply_markup=MARKUP)
    await desk.post(f"people/{MAYA}/messages", text="b")
    batch = await bot.updates()
    assert updates == batch
    method, params, answer = calls[0]
    assert (method, params["chat_id"], params["reply_markup"]) == ("sendMessage", MAYA, MARKUP)
    assert answer["result"]["text"] == "a"
    assert [c["method"] for c in (await desk.get("calls"))][-2:] == ["sendMessage", "getUpdates"]


@pytest.mark.usefixtures("started")
async def test_a_reset_empties_the_chats_and_uses_no_id_again(desk: Any, bot: Any) -> None:
    """A reset empties the chats; message ids are never used again."""
    before = await bot.do("sendMessage", chat_id=MAYA, text="a")
    await desk.post("reset")
    assert (await desk.chat())["messages"] == []
    sent = await desk.post(f"people/{MAYA}/messages", text="/start")
    assert sent["message_id"] > before["message_id"]


@pytest.mark.usefixtures("started")
async def test_typing_drafts_pins_and_reactions(desk: Any, bot: Any) -> None:
    """What stands around the messages is shown: typing, a draft, a pin, a reaction."""
    await bot.do("sendChatAction", chat_id=MAYA, action="typing")
    await bot.do("sendMessageDraft", chat_id=MAYA, draft_id=1, text="Thinking")
    chat = await desk.chat()
    assert (chat["action"], chat["draft"]) == ("typing", "Thinking")
    sent = await bot.do("sendMessage", chat_id=MAYA, text="Done")
    where = {"chat_id": MAYA, "message_id": sent["message_id"]}
    await bot.do("pinChatMessage", **where)
    await bot.do("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    chat = await desk.chat()
    assert (chat["action"], chat["draft"]) == (None, None)
    assert chat["messages"][-1]["pinned"]
    assert chat["messages"][-1]["reactions"] == {"bot": "👍"}
    assert (await bot.do("getChat", chat_id=MAYA))["pinned_message"]["text"] == "Done"
    await bot.do("unpinChatMessage", chat_id=MAYA)
    assert "pinned_message" not in await bot.do("getChat", chat_id=MAYA)


async def test_after_may_be_the_id_of_a_message() -> None:
    """Wherever ids begin, what follows a message is found by its id as well as by a seq."""
    pg = Playground(people=[Person(id=1, first_name="Ann", language_code="en")], first_id=5_000_000)
    pg.say(1, "/start")
    second = pg.say(1, "two")
    pg.say(1, "three")
    found = [each["text"] for each in pg.chat(1, after=second)["messages"]]
    assert found[-1] == "three"
    assert "/start" not in found
