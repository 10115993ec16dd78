"""Answering a press, and reacting to a message."""

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.registry import method
from bot.playground.world import World

ALERT_LIMIT = 200


@method("answerCallbackQuery")
def answer_callback_query(world: World, call: Call) -> bool:
    """Stop the button's clock and perhaps show a toast; only once and within 150 s."""
    if len(call.words("text")) > ALERT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.answer(call.words("callback_query_id"))
    chat = world.chats[query.chat_id]
    alert, url = call.flag("show_alert"), call.words("url")
    world.toast(chat, query.id, call.words("text"), alert=alert, url=url)
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, call: Call) -> bool:
    """The bot's own reaction to a message: one emoji, or none."""
    chat = world.open_chat(call.params.get("chat_id"))
    message = chat.messages.get(call.whole("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to react not found")
    wanted = call.params.get("reaction") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(item.get("type") != "emoji" or not item.get("emoji") for item in wanted):
        raise bad_request("REACTION_INVALID")
    kept = {who: emoji for who, emoji in message.reactions.items() if who != "bot"}
    own = {"bot": wanted[0]["emoji"]} if wanted else {}
    world.change(chat, message, reactions=kept | own)
    return True
