"""One call of the bot: its parameters as they were meant, and the files that came along."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.errors import ApiError, bad_request

NESTED = frozenset((
    "reply_markup", "entities", "caption_entities", "commands", "scope", "media", "options",
    "message_ids", "reaction", "allowed_updates", "menu_button", "reply_parameters",
    "link_preview_options", "explanation_entities", "question_entities", "correct_option_ids",
    "suggested_post_parameters",
))  # fmt: skip
WHOLE = frozenset((
    "chat_id", "from_chat_id", "user_id", "message_id", "offset", "limit", "timeout", "duration",
    "width", "height", "length", "cache_time", "max_connections", "draft_id", "message_thread_id",
    "reply_to_message_id", "open_period", "close_date", "correct_option_id",
))  # fmt: skip
YES_NO = frozenset((
    "protect_content", "disable_notification", "show_alert", "allow_sending_without_reply",
    "has_spoiler", "show_caption_above_media", "is_anonymous", "allows_multiple_answers",
    "is_big", "is_closed", "drop_pending_updates", "revoke_messages",
    "disable_content_type_detection", "supports_streaming", "disable_web_page_preview",
    "allow_paid_broadcast", "remove_caption", "allows_revoting", "members_only",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """Parameters by name. A file sent as field `photo` stands there as `attach://photo`."""

    params: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def whole(self, name: str, default: int = 0) -> int:
        """An integer parameter; anything else counts as not given."""
        value = self.params.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def flag(self, name: str) -> bool:
        """A yes/no parameter, no when absent."""
        return bool(self.params.get(name))

    def words(self, name: str) -> str:
        """A text parameter, empty when absent."""
        value = self.params.get(name)
        return "" if value is None else str(value)


async def read_call(request: web.Request) -> Call:
    """Query, form, JSON or multipart: all the same to Telegram; ApiError when unreadable."""
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        params |= _json_body(await request.read())
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename or "file", value.file.read())
                params[name] = f"attach://{name}"
            else:
                params[name] = value if isinstance(value, str) else bytes(value).decode()
    decoded = {name: _decoded(name, value) for name, value in params.items()}
    attached = files.keys() - _pointed_at(decoded)
    return Call({n: v for n, v in decoded.items() if n not in attached}, files)


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(read, dict):
        raise bad_request("can't parse JSON object")
    return {name: value for name, value in read.items() if value is not None}


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in NESTED:
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(400, f"Bad Request: can't parse {name} JSON object") from None
    if name in WHOLE:
        return int(value) if value.lstrip("-").isdecimal() else value
    if name in YES_NO:
        return value.lower() in ("true", "1", "yes", "t", "y")
    return value


def _pointed_at(params: dict[str, Any]) -> set[str]:
    """The upload fields that are a parameter themselves: `photo`, not the target of a media."""
    media = params.get("media")
    targets = media if isinstance(media, list) else [media]
    inner = {
        str(value).removeprefix("attach://")
        for target in targets
        if isinstance(target, dict)
        for value in target.values()
        if str(value).startswith("attach://")
    }
    own = {n for n, v in params.items() if isinstance(v, str) and v == f"attach://{n}"}
    elsewhere = {
        v.removeprefix("attach://")
        for n, v in params.items()
        if isinstance(v, str) and v.startswith("attach://") and v != f"attach://{n}"
    }
    return own - inner - elsewhere
