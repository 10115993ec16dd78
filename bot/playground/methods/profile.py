"""Who the bot is: getMe, its name and descriptions per language, its menu button."""

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.message import Json
from bot.playground.registry import method
from bot.playground.world import World

LIMITS = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(world: World, _call: Call) -> Json:
    """The bot's own account."""
    return world.bot.as_me()


def _set(world: World, call: Call, which: str) -> bool:
    text = call.words(which)
    if len(text) > LIMITS[which]:
        raise bad_request(f"bot {which.replace('_', ' ')} is too long")
    world.profile.texts[which, call.words("language_code")] = text
    world.feed.tell("bot")
    return True


def _get(world: World, call: Call, which: str) -> Json:
    text = world.profile.text(which, call.words("language_code"))
    return {which: text or (world.bot.first_name if which == "name" else "")}


@method("setMyName")
def set_my_name(world: World, call: Call) -> bool:
    """The name in one language."""
    return _set(world, call, "name")


@method("getMyName")
def get_my_name(world: World, call: Call) -> Json:
    """The name in one language."""
    return _get(world, call, "name")


@method("setMyDescription")
def set_my_description(world: World, call: Call) -> bool:
    """What an empty chat says about the bot."""
    return _set(world, call, "description")


@method("getMyDescription")
def get_my_description(world: World, call: Call) -> Json:
    """What an empty chat says about the bot."""
    return _get(world, call, "description")


@method("setMyShortDescription")
def set_my_short_description(world: World, call: Call) -> bool:
    """What the bot's profile says."""
    return _set(world, call, "short_description")


@method("getMyShortDescription")
def get_my_short_description(world: World, call: Call) -> Json:
    """What the bot's profile says."""
    return _get(world, call, "short_description")


@method("setChatMenuButton")
def set_chat_menu_button(world: World, call: Call) -> bool:
    """The button beside the text field, for one chat or for all."""
    chat_id = call.whole("chat_id")
    if chat_id:
        world.known_chat(chat_id)
    button = call.params.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "default", "web_app"):
        raise bad_request("wrong menu button type")
    world.profile.menu_buttons[chat_id] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, call: Call) -> Json:
    """The button beside the text field."""
    return world.profile.menu_button(call.whole("chat_id"))
