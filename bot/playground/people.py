"""What a person can do on a phone, and the updates it gives the bot."""

import re
from typing import Any

from bot.playground.chat import Chat
from bot.playground.errors import NotPossibleError
from bot.playground.html import utf16_length
from bot.playground.message import Json, Message
from bot.playground.samples import sample_content
from bot.playground.texts import TEXT_LIMIT, with_found
from bot.playground.world import World

NOT_STARTED = "The chat has not been started: send /start first, as the Start button does."
LARGEST_SENT = 50 * 1024 * 1024
GONE = "Whoever had this phone has deleted their Telegram account."
BLOCKED = "This phone has blocked the bot: unblock it first."
_START = re.compile(r"/start(?:\s|@|$)")


def say(world: World, person_id: int, text: str) -> Message:
    """The person sends a text. The first /start starts the chat.

    NotPossibleError before that, while the bot is blocked, and for an empty or too long text.
    """
    chat, text = world.chat_of(person_id), _checked(text)
    if chat.gone:
        raise NotPossibleError(GONE)
    if chat.blocked:
        raise NotPossibleError(BLOCKED)
    if not chat.started and not _START.match(text):
        raise NotPossibleError(NOT_STARTED)
    if not chat.started:
        chat.started = True
        world.feed.tell("people")
    if chat.reply_keyboard and chat.reply_keyboard["one_time"]:
        chat.reply_keyboard = None
    chat.force_reply = None
    message = world.post(chat, by_bot=False, content=_text_content(text))
    _tell(world, "message", chat, message)
    return message


def edit(world: World, person_id: int, message_id: int, text: str) -> Message:
    """The person edits an earlier text of theirs; NotPossibleError for any other message."""
    chat, text = _writable(world, person_id), _checked(text)
    message = chat.messages.get(message_id)
    if message is None or message.deleted or message.by_bot or message.kind != "text":
        raise NotPossibleError(f"Message {message_id} is not a text this person wrote.", 404)
    content = _text_content(text)
    if content == message.content:
        raise NotPossibleError("The text is the same as before.")
    message = world.edit(chat, message, content, None)
    _tell(world, "edited_message", chat, message)
    return message


def send(world: World, person_id: int, kind: str) -> Message:
    """The person sends a sample voice message, photo, sticker, contact, location or file."""
    chat = _writable(world, person_id)
    message = world.post(chat, by_bot=False, content=sample_content(world.files, chat, kind))
    _tell(world, "message", chat, message)
    return message


def send_file(world: World, person_id: int, name: str, data: bytes, caption: str = "") -> Message:
    """The person sends a file of their own as a document; NotPossibleError for an empty one."""
    chat = _writable(world, person_id)
    if not data:
        raise NotPossibleError("Telegram sends no empty files.", 400)
    if len(data) > LARGEST_SENT:
        raise NotPossibleError("The playground takes files up to 50 MB.", 413)
    file = world.files.add("document", name, data)
    document: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(data),
        "file_name": file.name,
        "mime_type": file.mime,
    }
    content: Json = {"document": document} | ({"caption": caption} if caption else {})
    message = world.post(chat, by_bot=False, content=content)
    _tell(world, "message", chat, message)
    return message


def press(world: World, person_id: int, message_id: int, data: str, *, force: bool = False) -> str:
    """The person taps a button; returns the callback query's id.

    NotPossibleError when no button with `data` is on the message now, unless `force`.
    """
    chat = _writable(world, person_id)
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        if not force or message is None:
            raise NotPossibleError(f"Message {message_id} is not on this phone.", 404)
    elif not force and data not in message.callback_data():
        raise NotPossibleError(f"There is no button with this data on message {message_id} now.")
    query = world.queries.ask(person_id, message_id)
    world.read(chat)
    body = {
        "id": query.id,
        "from": chat.user,
        "message": _pressed_message(world, chat, message),
        "chat_instance": chat.instance,
        "data": data,
    }
    world.updates.add("callback_query", body, f"callback:{person_id}")
    return query.id


def vote(world: World, person_id: int, message_id: int, options: list[int]) -> None:
    """The person votes in a poll; an empty list takes the vote back."""
    chat = _writable(world, person_id)
    message = chat.messages.get(message_id)
    if message is None or message.kind != "poll" or message.content["poll"]["is_closed"]:
        raise NotPossibleError(f"Message {message_id} is no open poll.", 404)
    poll: Json = message.content["poll"]
    many = 1 if not poll["allows_multiple_answers"] else len(poll["options"])
    if len(options) > many or any(not 0 <= n < len(poll["options"]) for n in options):
        raise NotPossibleError("This poll does not have such a choice.", 400)
    counted = [
        option | {"voter_count": int(number in options)}
        for number, option in enumerate(poll["options"])
    ]
    poll = poll | {"options": counted, "total_voter_count": int(bool(options))}
    world.change(chat, message, content={"poll": poll})
    if not poll["is_anonymous"]:
        ids = [counted[number]["persistent_id"] for number in options]
        answer = {"poll_id": poll["id"], "user": chat.user, "option_ids": options}
        answer["option_persistent_ids"] = ids
        world.updates.add("poll_answer", answer, f"other:{person_id}")
    world.updates.add("poll", poll, f"other:{person_id}")


def react(world: World, person_id: int, message_id: int, emoji: str) -> None:
    """The person reacts to a message with an emoji, or with "" to none."""
    chat = _writable(world, person_id)
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise NotPossibleError(f"Message {message_id} is not on this phone.", 404)
    before = message.reactions.get("person", "")
    kept = {who: own for who, own in message.reactions.items() if who != "person"}
    world.change(chat, message, reactions=kept | ({"person": emoji} if emoji else {}))
    body = {
        "chat": chat.as_json,
        "message_id": message_id,
        "user": chat.user,
        "date": world.clock.unix(),
        "old_reaction": [{"type": "emoji", "emoji": before}] if before else [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    world.updates.add("message_reaction", body, f"other:{person_id}")


def block(world: World, person_id: int, *, blocked: bool) -> None:
    """The person blocks or unblocks the bot; NotPossibleError when that is already so."""
    chat = world.chat_of(person_id)
    if chat.blocked == blocked or not chat.started:
        raise NotPossibleError("That is already so." if chat.started else NOT_STARTED)
    chat.blocked = blocked
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (_membership(world, status) for status in statuses)
    body: dict[str, Any] = {
        "chat": chat.as_json,
        "from": chat.user,
        "date": world.clock.unix(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    world.updates.add("my_chat_member", body, f"other:{person_id}")
    world.show(chat)
    world.feed.tell("people")


def leave_telegram(world: World, person_id: int) -> None:
    """The person deletes their account. Telegram says nothing of it; the bot hears it when it
    writes to them."""
    world.chat_of(person_id).gone = True
    world.feed.tell("people")


def _membership(world: World, status: str) -> Json:
    member: Json = {"user": world.bot_user, "status": status}
    return member | ({"until_date": 0} if status == "kicked" else {})


def _pressed_message(world: World, chat: Chat, message: Message) -> Json:
    if message.deleted:
        return {"chat": chat.as_json, "message_id": message.message_id, "date": 0}
    return world.as_bot_api(chat, message)


def _writable(world: World, person_id: int) -> Chat:
    chat = world.chat_of(person_id)
    if chat.gone:
        raise NotPossibleError(GONE)
    if chat.blocked:
        raise NotPossibleError(BLOCKED)
    if not chat.started:
        raise NotPossibleError(NOT_STARTED)
    return chat


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise NotPossibleError("There is nothing to send.", 400)
    if utf16_length(text) > TEXT_LIMIT:
        raise NotPossibleError(f"Telegram sends at most {TEXT_LIMIT} characters at once.", 400)
    return text


def _text_content(text: str) -> Json:
    _, entities = with_found(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def _tell(world: World, kind: str, chat: Chat, message: Message) -> None:
    world.updates.add(kind, world.as_bot_api(chat, message), f"message:{chat.person.id}")
