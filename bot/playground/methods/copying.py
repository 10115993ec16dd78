"""Sending again what is already in a chat."""

from bot.playground.call import Call
from bot.playground.chat import Chat
from bot.playground.errors import bad_request
from bot.playground.message import Json, Message
from bot.playground.methods.sending import deliver
from bot.playground.registry import method
from bot.playground.texts import caption_of
from bot.playground.world import World


def _source(world: World, call: Call, verb: str, done: str) -> tuple[Chat, Message]:
    chat = world.known_chat(call.params.get("from_chat_id"))
    message = chat.messages.get(call.whole("message_id"))
    if message is None or message.deleted:
        raise bad_request(f"message to {verb} not found")
    if message.protected:
        raise bad_request(f"the message can't be {done}")
    return chat, message


@method("copyMessage")
def copy_message(world: World, call: Call) -> Json:
    """The same content without a word about where it came from."""
    target = world.open_chat(call.params.get("chat_id"))
    _, message = _source(world, call, "copy", "copied")
    content = {name: v for name, v in message.content.items() if name != "forward_origin"}
    if "caption" in call.params and message.has_caption:
        content = {n: v for n, v in content.items() if not n.startswith("caption")}
        content |= caption_of(call.params)
    return {"message_id": deliver(world, call, target, content).message_id}


@method("forwardMessage")
def forward_message(world: World, call: Call) -> Json:
    """The same content under the name of who wrote it."""
    target = world.open_chat(call.params.get("chat_id"))
    chat, message = _source(world, call, "forward", "forwarded")
    author = world.bot_user if message.by_bot else chat.user
    origin = {"type": "user", "date": message.date, "sender_user": author}
    content = {"forward_origin": origin} | message.content
    return world.as_bot_api(target, deliver(world, call, target, content))
