"""Changing a message the bot wrote."""

from bot.playground.call import Call
from bot.playground.chat import Chat
from bot.playground.errors import bad_request
from bot.playground.keyboards import inline_of
from bot.playground.message import Json, Message
from bot.playground.methods.media import content_of
from bot.playground.registry import method
from bot.playground.texts import caption_of, text_of
from bot.playground.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
SWAPPABLE = ("photo", "document", "animation", "video", "audio")


def _found(world: World, call: Call) -> tuple[Chat, Message]:
    if call.words("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = world.known_chat(call.params.get("chat_id"))
    if not call.whole("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(call.whole("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, chat: Chat, message: Message, content: Json, markup: Json | None) -> Json:
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    return world.as_bot_api(chat, world.edit(chat, message, content, markup))


@method("editMessageText")
def edit_message_text(world: World, call: Call) -> Json:
    """A new text; without a new keyboard the old one goes."""
    chat, message = _found(world, call)
    text, entities = text_of(call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    content: Json = {"text": text, "entities": entities} if entities else {"text": text}
    return _edit(world, chat, message, content, inline_of(call))


@method("editMessageCaption")
def edit_message_caption(world: World, call: Call) -> Json:
    """A new caption under a file."""
    chat, message = _found(world, call)
    if not message.has_caption:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in CAPTION}
    return _edit(world, chat, message, kept | caption_of(call.params), inline_of(call))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Other buttons, or none."""
    chat, message = _found(world, call)
    return _edit(world, chat, message, message.content, inline_of(call))


@method("editMessageMedia")
def edit_message_media(world: World, call: Call) -> Json:
    """Another file in place of the one that was sent."""
    chat, message = _found(world, call)
    media = call.params.get("media")
    if not isinstance(media, dict) or media.get("type") not in SWAPPABLE:
        raise bad_request("can't parse InputMedia: wrong type")
    content = content_of(world, call, media["type"], media, "media")
    return _edit(world, chat, message, content, inline_of(call))
