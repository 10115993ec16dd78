"""What the bot may know of a chat, and its pinned messages."""

from bot.playground.call import Call
from bot.playground.chat import Chat
from bot.playground.errors import bad_request
from bot.playground.message import Json, Message
from bot.playground.registry import method
from bot.playground.world import World

NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _pinned(chat: Chat) -> Message | None:
    return next((m for m in reversed(chat.messages.values()) if m.pinned), None)


@method("getChat")
def get_chat(world: World, call: Call) -> Json:
    """The chat with its newest pinned message."""
    chat = world.known_chat(call.params.get("chat_id"))
    full: Json = chat.as_json | {
        "accent_color_id": 0,
        "max_reaction_count": 1,
        "accepted_gift_types": NO_GIFTS,
    }
    pinned = _pinned(chat)
    return full | ({"pinned_message": world.as_bot_api(chat, pinned)} if pinned else {})


@method("pinChatMessage")
def pin_chat_message(world: World, call: Call) -> bool:
    """Keep a message at the top."""
    chat = world.open_chat(call.params.get("chat_id"))
    message = chat.messages.get(call.whole("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to pin not found")
    world.change(chat, message, pinned=True)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, call: Call) -> bool:
    """Let go of one message, or of the newest pinned one."""
    chat = world.open_chat(call.params.get("chat_id"))
    wanted = call.whole("message_id")
    message = chat.messages.get(wanted) if wanted else _pinned(chat)
    if message is None or not message.pinned:
        raise bad_request("message to unpin not found")
    world.change(chat, message, pinned=False)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, call: Call) -> bool:
    """Let go of every pinned message."""
    chat = world.open_chat(call.params.get("chat_id"))
    for message in [m for m in chat.messages.values() if m.pinned]:
        world.change(chat, message, pinned=False)
    return True
