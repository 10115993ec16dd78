"""The bot's command lists by scope and language."""

import re
from typing import Any

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.profile import Scope, scope_key
from bot.playground.registry import method
from bot.playground.world import World

SCOPES = frozenset((
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
))  # fmt: skip
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


def _key(world: World, call: Call) -> tuple[Scope, str]:
    scope = scope_key(call.params.get("scope"))
    if scope[0] not in SCOPES:
        raise bad_request("unsupported type specified")
    if scope[0] == "chat":
        world.known_chat(scope[1])
    language = call.words("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return scope, language


def _checked(item: Any) -> dict[str, str]:
    command = str(item.get("command", "")).removeprefix("/")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(item.get("description", ""))) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": str(item["description"])}


@method("setMyCommands")
def set_my_commands(world: World, call: Call) -> bool:
    """Replace the list of one scope and language."""
    key, commands = _key(world, call), call.params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[key] = [_checked(item) for item in commands]
    world.feed.tell("bot")
    return True


@method("getMyCommands")
def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    """The list of exactly this scope and language."""
    return world.profile.commands.get(_key(world, call), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, call: Call) -> bool:
    """Forget the list of one scope and language."""
    world.profile.commands.pop(_key(world, call), None)
    world.feed.tell("bot")
    return True
