"""sendMessage and what else shows up in a chat without a file."""

from typing import Any

from bot.playground.call import Call
from bot.playground.chat import Chat
from bot.playground.errors import bad_request
from bot.playground.keyboards import inline_of, put_on_phone
from bot.playground.message import Json, Message
from bot.playground.registry import method
from bot.playground.texts import text_of
from bot.playground.world import World, soon

ACTIONS = frozenset((
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
))  # fmt: skip


def deliver(world: World, call: Call, chat: Chat, content: Json, **more: Any) -> Message:
    """Put a message of the bot with its keyboard into `chat`."""
    markup, reply_to = inline_of(call), _reply_to(call, chat)
    put_on_phone(call, chat)
    protected = call.flag("protect_content")
    fields = {"markup": markup, "protected": protected, "reply_to": reply_to} | more
    return world.post(chat, by_bot=True, content=content, **fields)


def _reply_to(call: Call, chat: Chat) -> int | None:
    reply = call.params.get("reply_parameters") or {}
    wanted = reply.get("message_id") or call.whole("reply_to_message_id")
    if not wanted:
        return None
    found = chat.messages.get(int(wanted))
    if found is not None and not found.deleted:
        return found.message_id
    if reply.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


@method("sendMessage")
def send_message(world: World, call: Call) -> Json:
    """A text message."""
    chat = world.open_chat(call.params.get("chat_id"))
    text, entities = text_of(call)
    content: Json = {"text": text, "entities": entities} if entities else {"text": text}
    return world.as_bot_api(chat, deliver(world, call, chat, content))


@method("sendChatAction")
def send_chat_action(world: World, call: Call) -> bool:
    """ "typing..." for five seconds."""
    chat = world.open_chat(call.params.get("chat_id"))
    if call.words("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action = (call.words("action"), soon(5))
    world.show(chat)
    return True


@method("sendMessageDraft")
def send_message_draft(world: World, call: Call) -> bool:
    """A preview of a message that is being written; gone after 30 s or with the message."""
    chat = world.open_chat(call.params.get("chat_id"))
    if not call.whole("draft_id"):
        raise bad_request("draft_id must be non-zero")
    text, _ = text_of(call)
    chat.draft = (text, soon(30))
    world.show(chat)
    return True
