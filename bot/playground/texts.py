"""What a bot may write: text and captions, their marks, their lengths."""

import re
from collections.abc import Iterator
from typing import Any

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.html import parse_html, utf16_length

Marked = tuple[str, list[dict[str, Any]]]
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?<![\w/@<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w+)?)(?![\w/<>])"
    r"|(?<![\w/@.])(?P<mention>@[A-Za-z]\w{4,31})\b"
)


def text_of(call: Call, name: str = "text") -> Marked:
    """The message text and its entities; refuses empty text and more than 4096 units."""
    text, entities = _marked(call.params, name, "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def caption_of(params: dict[str, Any]) -> dict[str, Any]:
    """The caption fields of a message, none of them when there is no caption."""
    text, entities = _marked(params, "caption", "caption_entities")
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    fields: dict[str, Any] = {"caption": text} if text else {}
    if text and entities:
        fields["caption_entities"] = entities
    if params.get("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def _marked(params: dict[str, Any], name: str, entities_name: str) -> Marked:
    source = str(params.get(name) or "")
    mode = str(params.get("parse_mode") or "").lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode: the playground reads HTML only")
    given = params.get(entities_name) or []
    marked = parse_html(source) if mode else (source, [dict(entity) for entity in given])
    return with_found(*_trim(*marked))


def _trim(text: str, entities: list[dict[str, Any]]) -> Marked:
    """Telegram drops the white space around a text; the marks move along."""
    core = text.strip()
    if len(core) == len(text):
        return text, entities
    front = utf16_length(text[: len(text) - len(text.lstrip())])
    total, kept = utf16_length(core), []
    for entity in entities:
        begin = max(entity["offset"] - front, 0)
        end = min(entity["offset"] + entity["length"] - front, total)
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return core, kept


def with_found(text: str, entities: list[dict[str, Any]]) -> Marked:
    """Add what Telegram finds by itself: links, /commands, @mentions."""
    if "/" not in text and "@" not in text:
        return text, entities
    found = [entity for entity in _finds(text) if not _inside(entity, entities)]
    if found:
        entities = sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))
    return text, entities


def _finds(text: str) -> Iterator[dict[str, Any]]:
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        yield {"type": match.lastgroup, "offset": offset, "length": utf16_length(match.group())}


def _inside(entity: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    closed = ("code", "pre", "text_link", "url", "bot_command", "mention")
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    return any(
        other["type"] in closed
        and begin < other["offset"] + other["length"]
        and other["offset"] < end
        for other in others
    )
