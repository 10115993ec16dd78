"""Updates as Telegram writes them, and what they say."""

from typing import Any

import pytest

from bot.telegram.intake import by_types, read
from bot.usecases.incoming import (
    Attachment,
    Command,
    File,
    Incoming,
    Membership,
    Press,
    Sender,
    What,
    Words,
)

MAYA = {"id": 1001, "is_bot": False, "first_name": "Maya", "language_code": "es"}
BOT = {"id": 42, "is_bot": True, "first_name": "Between", "username": "b_bot"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Maya"}
GROUP = {"id": -5, "type": "group", "title": "Group"}
FILE = {"file_id": "f", "file_unique_id": "u"}
VOICE = FILE | {"duration": 3}
SIZED = FILE | {"width": 1, "height": 1}
STICKER = SIZED | {"is_animated": False, "is_video": False, "type": "regular"}
PLACE = {"latitude": 1.0, "longitude": 2.0}
POLL = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip

OPTION = {"text": "end it", "voter_count": 0, "persistent_id": "1"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    """A message by Maya."""
    return {"message_id": 5, "date": 1_700_000_000, "chat": chat, "from": MAYA, **content}


def press(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    """A tap by Maya."""
    pressed = message(chat, text="?") | {"from": BOT}
    return {"id": "9", "from": MAYA, "chat_instance": "1", "message": pressed, **content}


def membership(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """Maya blocks the bot or lets it in."""
    new: dict[str, Any] = {"user": BOT, "status": status}
    if status == "kicked":
        new["until_date"] = 0
    old = {"user": BOT, "status": "member"}
    return {
        "chat": chat, "from": MAYA, "date": 1, "old_chat_member": old, "new_chat_member": new,
    }  # fmt: skip


TABLE: list[tuple[dict[str, Any], What | None]] = [
    ({"message": message(text="I am fine")}, Words("I am fine", 5)),
    ({"message": message(text="  as\ntyped  ")}, Words("  as\ntyped  ", 5)),
    ({"message": message(text="/start")}, Command("start")),
    ({"message": message(text="/Start@b_bot inv-1")}, Command("start", "inv-1")),
    ({"message": message(text="/note two\nlines ")}, Command("note", "two\nlines ")),
    ({"message": message(text="/nobody_knows this")}, Command("nobody_knows", "this")),
    ({"message": message(text="/ not one")}, Words("/ not one", 5)),
    ({"message": message(text="/ayúdame ya")}, Words("/ayúdame ya", 5)),
    ({"message": message(text="yes /stop")}, Words("yes /stop", 5)),
    ({"edited_message": message(text="/start")}, Words("/start", 5, edited=True)),
    ({"edited_message": message(text="corrected")}, Words("corrected", 5, edited=True)),
    ({"edited_message": message(location=PLACE)}, None),
    ({"edited_message": message(photo=[SIZED], caption="new")}, Attachment("photo", "new")),
    ({"callback_query": press(data="1.2.yes")}, Press("1.2.yes")),
    ({"callback_query": press(data="x") | {"message": None}}, Press("x")),
    ({"callback_query": press(game_short_name="g")}, None),
    ({"callback_query": press(GROUP, data="1.2.yes")}, None),
    ({"message": message(voice=VOICE)}, Attachment("voice")),
    ({"message": message(voice=VOICE, caption="listen")}, Attachment("voice", "listen")),
    ({"message": message(photo=[SIZED])}, Attachment("photo")),
    ({"message": message(sticker=STICKER)}, Attachment("sticker")),
    ({"message": message(video=SIZED | VOICE)}, Attachment("video")),
    ({"message": message(video_note=VOICE | {"length": 1})}, Attachment("video_note")),
    ({"message": message(audio=VOICE)}, Attachment("audio")),
    (
        {"message": message(document=FILE | {"file_name": "a.yaml"})},
        Attachment("document", "", File("f", "a.yaml", None)),
    ),
    ({"message": message(animation=SIZED | VOICE, document=FILE)}, Attachment("animation")),
    ({"message": message(contact={"phone_number": "1", "first_name": "A"})}, Attachment("contact")),
    ({"message": message(location=PLACE)}, Attachment("location")),
    (
        {"message": message(poll=POLL | {"question": "Do I", "options": [OPTION]})},
        Attachment("poll", "Do I\nend it"),
    ),
    (
        {"message": message(checklist={"title": "Today", "tasks": [{"id": 1, "text": "end it"}]})},
        Attachment("checklist", "Today\nend it"),
    ),
    ({"message": message(dice={"emoji": "🎲", "value": 3})}, Attachment("dice")),
    ({"message": message(story={"id": 1, "chat": PRIVATE})}, Attachment("story")),
    ({"message": message(rich_message={"blocks": []})}, Attachment("unknown")),
    ({"message": message(pinned_message=message(text="x"))}, None),
    ({"message": message(GROUP, text="hello")}, None),
    ({"message": message(GROUP, photo=[SIZED])}, None),
    ({"message": message(text="I am a bot") | {"from": BOT}}, None),
    ({"my_chat_member": membership("kicked")}, Membership(reachable=False)),
    ({"my_chat_member": membership("member")}, Membership(reachable=True)),
    ({"my_chat_member": membership("member", GROUP)}, None),
    ({"channel_post": message({"id": -9, "type": "channel"}, text="x")}, None),
    ({"something_new": {}}, None),
]


@pytest.mark.parametrize(("raw", "what"), TABLE, ids=lambda it: str(it)[:60])
def test_each_kind_of_update_says_one_thing_or_nothing(
    raw: dict[str, Any], what: What | None
) -> None:
    """Each kind of update says one thing, or nothing to us; PTB's types say the same."""
    update = {"update_id": 3, **raw}
    told = what and Incoming(42, 3, Sender(1001, "es"), what)
    assert read(update, 42) == told
    assert by_types(update, 42) == told


NAMELESS = {"id": 1001, "is_bot": False, "first_name": "Maya"}
ODD: list[dict[str, Any]] = [
    {"message": message(text="hello") | {"from": NAMELESS}},
    {"message": message(text="")},
    {"message": message(text="both", photo=[SIZED], caption="below")},
    {"message": message(text="here"), "callback_query": press(data="1.2.yes")},
    {"message": message(text="here"), "callback_query": press(game_short_name="g")},
    {"edited_message": message(text="later"), "message": message(text="first")},
    {"callback_query": press(data="")},
    {"callback_query": press(data="x") | {"from": BOT}},
    {"message": message({"id": -7, "type": "supergroup", "title": "x"}, text="hello")},
    {"message": {key: value for key, value in message(text="x").items() if key != "from"}},
]


@pytest.mark.parametrize("raw", ODD, ids=lambda it: str(it)[:60])
def test_short_way(raw: dict[str, Any]) -> None:
    """What is read as it stands means what PTB's types make of it."""
    assert read({"update_id": 3, **raw}, 42) == by_types({"update_id": 3, **raw}, 42)


BROKEN: list[dict[str, Any]] = [
    {"message": message(text="hello") | {"from": {"id": 1001}}},
    {"message": message(text="hello") | {"chat": {"type": "private"}, "from": "Maya"}},
    {"callback_query": {"data": "1.2.yes"}},
    {"callback_query": press(data="x") | {"message": {"chat": 5}}},
    {"callback_query": "x"},
]


@pytest.mark.parametrize("raw", BROKEN, ids=lambda it: str(it)[:60])
def test_a_broken_update_raises(raw: dict[str, Any]) -> None:
    """What is broken raises, so that it is put aside and the next one is read."""
    with pytest.raises((AttributeError, KeyError, TypeError)):
        read({"update_id": 3, **raw}, 42)


NEWER: list[tuple[dict[str, Any], What]] = [
    ({"message": message(photo=[{"new": 1}], caption="end it")}, Attachment("unknown", "end it")),
    ({"edited_message": message(via_bot={"new": 1}, text="end it")}, Words("end it", 5, True)),
    (
        {"message": message(poll={"question": "?", "explanation": "all", "options": [OPTION]})},
        Attachment("poll", "?\nend it\nall"),
    ),
]


@pytest.mark.parametrize(("raw", "what"), NEWER, ids=lambda it: str(it)[:60])
def test_what_is_newer_is_read_for_its_words(raw: dict[str, Any], what: What) -> None:
    """One field they did not know, and words of danger were put aside unread, without a reply."""
    with pytest.raises((AttributeError, KeyError, TypeError)):
        by_types({"update_id": 3, **raw}, 42)
    assert read({"update_id": 3, **raw}, 42) == Incoming(42, 3, Sender(1001, "es"), what)


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("field", ["text", "caption"])
def test_half_a_sign_keeps_nobody_from_reading_the_rest(kind: str, field: str) -> None:
    """Of a picture that was cut in two nothing could be stored, nor anything around it."""
    content: dict[str, Any] = {field: "end it \ud83d"}
    if field == "caption":
        content["voice"] = VOICE
    found = read({"update_id": 3, kind: message(**content)}, 42)
    assert found is not None
    what = found.what
    assert isinstance(what, Words | Attachment)
    said = what.text if isinstance(what, Words) else what.caption
    assert said == "end it \N{REPLACEMENT CHARACTER}"


def test_what_is_broken_in_a_group_is_nobodys() -> None:
    """Nothing of a group is read, whatever it looks like."""
    raw = {"message": message(GROUP, photo=[{"new": 1}], caption="end it")}
    with pytest.raises((AttributeError, KeyError, TypeError)):
        read({"update_id": 3, **raw}, 42)
