"""What may hang under a message: inline buttons, reply keyboards, a forced reply."""

from typing import Any

from bot.playground.call import Call
from bot.playground.chat import Chat
from bot.playground.errors import bad_request

Json = dict[str, Any]
LINKS = ("https://", "http://", "tg://", "ton://")
ACTIONS = ("callback_data", "url", "copy_text", "web_app", "login_url", "pay")
MOST_BUTTONS = 100


def inline_of(call: Call) -> Json | None:
    """The inline keyboard of a call, checked; None when it has none."""
    markup = call.params.get("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return None
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def put_on_phone(call: Call, chat: Chat) -> None:
    """Show or remove the reply keyboard that came with a message."""
    markup = call.params.get("reply_markup")
    if not isinstance(markup, dict):
        return
    if markup.get("remove_keyboard"):
        chat.reply_keyboard = chat.force_reply = None
    elif markup.get("force_reply"):
        chat.force_reply = {"placeholder": markup.get("input_field_placeholder", "")}
    elif "keyboard" in markup:
        chat.force_reply = None
        chat.reply_keyboard = {
            "rows": [[_reply_button(button) for button in row] for row in markup["keyboard"]],
            "one_time": bool(markup.get("one_time_keyboard")),
            "placeholder": markup.get("input_field_placeholder", ""),
        }


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an object")
    if not str(button.get("text") or "").strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if not any(name in button for name in (*ACTIONS, "switch_inline_query")):
        why = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {why}")
    data = button.get("callback_data")
    if data is not None and not 0 < len(str(data).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(LINKS):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    if copied is not None and not 0 < len(str(copied.get("text") or "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {name: value for name, value in button.items() if value is not None}


def _reply_button(button: Any) -> Json:
    text = button if isinstance(button, str) else str(button.get("text") or "")
    if not text.strip():
        raise bad_request("can't parse keyboard button: text must be non-empty")
    asks = [] if isinstance(button, str) else [k for k in button if k.startswith("request_")]
    return {"text": text} | ({"asks": asks[0].removeprefix("request_")} if asks else {})
