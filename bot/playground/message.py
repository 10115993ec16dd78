"""One message in a chat: a fact, and how the Bot API and a phone's list see it."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
MEDIA = ("photo", "animation", "voice", "video", "document", "audio", "video_note", "sticker")
KINDS = (*MEDIA, "poll", "contact", "location", "text")


@dataclass(frozen=True, slots=True)
class Message:
    """`content` holds the Bot API fields that say what the message is (text, photo, caption...).

    `date` and `edit_date` are unix seconds of the playground's clock; `markup` is the inline
    keyboard that is on the message now.
    """

    message_id: int
    chat_id: int
    by_bot: bool
    date: int
    content: Json
    markup: Json | None = None
    edit_date: int | None = None
    protected: bool = False
    deleted: bool = False
    pinned: bool = False
    reply_to: int | None = None
    reactions: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the message is: "text", "photo", "voice"..."""
        return next(kind for kind in KINDS if kind in self.content)

    @property
    def has_caption(self) -> bool:
        """Whether this kind of message can carry a caption."""
        return self.kind in ("photo", "animation", "voice", "video", "document", "audio")

    def callback_data(self) -> set[str]:
        """What the buttons on the message would send, now."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return {b["callback_data"] for row in rows for b in row if "callback_data" in b}

    def file(self) -> Json | None:
        """The largest file of the message as the Bot API describes it."""
        found = self.content.get(self.kind) if self.kind in MEDIA else None
        return found[-1] if isinstance(found, list) else found


def shown_on_phone(message: Message, seq: int) -> Json:
    """The message for a phone, without its html; a deleted one keeps nothing of what it said."""
    base: Json = {
        "message_id": message.message_id,
        "seq": seq,
        "from": "bot" if message.by_bot else "person",
        "kind": message.kind,
        "date": message.date,
        "deleted": message.deleted,
        "edited": message.edit_date is not None,
        "edit_date": message.edit_date,
        "protected": message.protected,
        "pinned": message.pinned,
        "reply_to": message.reply_to,
        "reactions": message.reactions,
    }
    if message.deleted:
        return base | {"text": "", "caption": "", "entities": [], "buttons": []}
    content = message.content
    base |= {
        "text": content.get("text", ""),
        "caption": content.get("caption", ""),
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "buttons": [[_button(b) for b in row] for row in _rows(message)],
        "spoiler": bool(content.get("has_media_spoiler")),
        "caption_above": bool(content.get("show_caption_above_media")),
        "forwarded": "forward_origin" in content,
    }
    return base | _file_fields(message) | _other_fields(content)


def _rows(message: Message) -> list[list[Json]]:
    rows: list[list[Json]] = (message.markup or {}).get("inline_keyboard", [])
    return rows


def _button(button: Json) -> Json:
    shown = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    if "url" in button:
        shown["url"] = button["url"]
    if "copy_text" in button:
        shown["copy"] = button["copy_text"]["text"]
    if button.get("style"):
        shown["style"] = button["style"]
    return shown


def _file_fields(message: Message) -> Json:
    file = message.file()
    if file is None:
        return {}
    wanted = ("file_id", "file_name", "mime_type", "file_size", "duration", "width", "height")
    fields = {name: file[name] for name in wanted if name in file}
    return fields | {"url": f"/api/files/{file['file_unique_id']}"}


def _other_fields(content: Json) -> Json:
    return {name: content[name] for name in ("poll", "contact", "location") if name in content}
