"""Taking messages away, as long as Telegram allows it."""

from bot.playground.call import Call
from bot.playground.chat import Chat
from bot.playground.errors import bad_request
from bot.playground.message import Message
from bot.playground.registry import method
from bot.playground.world import World

TWO_DAYS = 48 * 3600


def _remove(world: World, chat: Chat, message: Message) -> None:
    world.change(chat, message, deleted=True, pinned=False, content={"text": ""}, markup=None)


def _too_old(world: World, message: Message) -> bool:
    return world.clock.unix() - message.date > TWO_DAYS


@method("deleteMessage")
def delete_message(world: World, call: Call) -> bool:
    """Delete one message, the bot's or the person's, within 48 hours."""
    chat = world.known_chat(call.params.get("chat_id"))
    message = chat.messages.get(call.whole("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if _too_old(world, message):
        raise bad_request("message can't be deleted for everyone")
    _remove(world, chat, message)
    return True


@method("deleteMessages")
def delete_messages(world: World, call: Call) -> bool:
    """Delete up to 100 messages; those that are gone or too old are skipped."""
    chat = world.known_chat(call.params.get("chat_id"))
    ids = call.params.get("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message in [chat.messages[i] for i in ids if i in chat.messages]:
        if not message.deleted and not _too_old(world, message):
            _remove(world, chat, message)
    return True
