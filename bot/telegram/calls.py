"""From a `Message` to the parameters of one Bot API call."""

import html
import re
from typing import Any, Final

from bot.messages.message import Button, Message, Rows

_TAG: Final = re.compile(r"<[^<>]*>")
_NO_PREVIEW: Final = {"is_disabled": True}


def send(message: Message, chat_id: int) -> dict[str, Any]:
    """What `sendMessage` needs."""
    parameters: dict[str, Any] = {
        "chat_id": chat_id,
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    return _dressed(parameters, message)


def unseen(message: Message, chat_id: int) -> tuple[str, dict[str, Any]] | None:
    """The call of a message that shows nothing, and what it needs; None for any other."""
    if message.probe:
        return "sendChatAction", {"chat_id": chat_id, "action": "typing"}
    if message.deletes:
        return "deleteMessages", {"chat_id": chat_id, "message_ids": message.deletes}
    return None if message.commands is None else _commands(message.commands, chat_id)


def _commands(listed: tuple[tuple[str, str], ...], chat_id: int) -> tuple[str, dict[str, Any]]:
    """Which call makes these the commands of one chat alone, and what it needs."""
    scope = {"scope": {"type": "chat", "chat_id": chat_id}}
    if not listed:
        return "deleteMyCommands", scope
    named = [{"command": name, "description": text} for name, text in listed]
    return "setMyCommands", {"commands": named, **scope}


def captioned(message: Message, chat_id: int) -> dict[str, Any]:
    """What calls with a file (`sendPhoto`, `sendDocument` …) need beside the file itself."""
    parameters: dict[str, Any] = {"chat_id": chat_id}
    if message.text:
        parameters |= {"caption": message.text, "parse_mode": "HTML"}
    return _dressed(parameters, message)


def edit(text: str, rows: Rows, chat_id: int, message_id: int) -> dict[str, Any]:
    """What `editMessageText` needs; the buttons have to be given again or they go."""
    words = {"text": text, "link_preview_options": _NO_PREVIEW}
    return words | _edited(rows, chat_id, message_id)


def edit_caption(text: str, rows: Rows, chat_id: int, message_id: int) -> dict[str, Any]:
    """What `editMessageCaption` needs."""
    return {"caption": text} | _edited(rows, chat_id, message_id)


def _edited(rows: Rows, chat_id: int, message_id: int) -> dict[str, Any]:
    there = {"chat_id": chat_id, "message_id": message_id, "parse_mode": "HTML"}
    return there | ({"reply_markup": keyboard(rows)} if rows else {})


def plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """The same call without markup, for the day our HTML turns out to be wrong."""
    bare = {name: value for name, value in parameters.items() if name != "parse_mode"}
    for name in ("text", "caption"):
        if name in bare:
            bare[name] = html.unescape(_TAG.sub("", bare[name]))
    return bare


def keyboard(rows: Rows) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _dressed(parameters: dict[str, Any], message: Message) -> dict[str, Any]:
    if message.silent:
        parameters["disable_notification"] = True
    if message.protect:
        parameters["protect_content"] = True
    if message.replies_to is not None:
        parameters["reply_parameters"] = {
            "message_id": message.replies_to,
            "allow_sending_without_reply": True,
        }
    if message.buttons:
        parameters["reply_markup"] = keyboard(message.buttons)
    elif message.keys:
        parameters["reply_markup"] = _keys(message.keys)
    return parameters


def _keys(rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """A keyboard that stays below the field where people type."""
    keyed = [[{"text": text} for text in row] for row in rows]
    return {"keyboard": keyed, "is_persistent": True, "resize_keyboard": True}


def _button(button: Button) -> dict[str, Any]:
    if button.data is not None:
        return {"text": button.text, "callback_data": button.data}
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "copy_text": {"text": button.copy_text}}
