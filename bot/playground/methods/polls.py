"""Polls: asking the chat to choose."""

from typing import Any

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.keyboards import inline_of
from bot.playground.message import Json
from bot.playground.methods.sending import deliver
from bot.playground.registry import method
from bot.playground.world import World


def _option(number: int, option: Any) -> Json:
    text = str(option.get("text", "") if isinstance(option, dict) else option).strip()
    if not 1 <= len(text) <= 100:
        raise bad_request("poll options length must not exceed 100")
    return {"persistent_id": str(number), "text": text, "voter_count": 0}


@method("sendPoll")
def send_poll(world: World, call: Call) -> Json:
    """A poll of 2 to 12 options."""
    chat = world.open_chat(call.params.get("chat_id"))
    question, options = call.words("question").strip(), call.params.get("options") or []
    if not 1 <= len(question) <= 300:
        raise bad_request("poll question must be non-empty and at most 300 characters")
    if not 2 <= len(options) <= 12:
        raise bad_request("poll must have at least 2 option and at most 12 options")
    poll: Json = {
        "id": world.next_poll_id(),
        "question": question,
        "options": [_option(number, option) for number, option in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": call.flag("is_closed"),
        "is_anonymous": bool(call.params.get("is_anonymous", True)),
        "type": call.words("type") or "regular",
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": bool(call.params.get("allows_revoting", True)),
        "members_only": False,
    }
    message = deliver(world, call, chat, {"poll": poll})
    world.polls[poll["id"]] = (chat.person.id, message.message_id)
    return world.as_bot_api(chat, message)


@method("stopPoll")
def stop_poll(world: World, call: Call) -> Json:
    """Close a poll and return its result."""
    chat = world.known_chat(call.params.get("chat_id"))
    message = chat.messages.get(call.whole("message_id"))
    if message is None or message.deleted or message.kind != "poll":
        raise bad_request("message with poll to stop not found")
    poll: Json = message.content["poll"] | {"is_closed": True}
    if poll == message.content["poll"]:
        raise bad_request("poll has already been closed")
    world.change(chat, message, content={"poll": poll}, markup=inline_of(call))
    return poll
