"""What a phone shows: the chat as JSON, from the beginning or since a change."""

import time
from typing import Any

from bot.playground.chat import Chat
from bot.playground.message import Json, shown_on_phone
from bot.playground.safe_html import as_html
from bot.playground.world import World


def person_shown(chat: Chat) -> Json:
    """A line of the list of people."""
    person = chat.person
    return {
        "id": person.id,
        "first_name": person.first_name,
        "language_code": person.language_code,
        "username": person.username,
        "started": chat.started,
        "blocked": chat.blocked,
        "unread": chat.unread,
    }


def chat_shown(world: World, chat: Chat, after: int = 0) -> Json:
    """The chat for a phone; see `people_api.read_chat` for what `after` means."""
    messages = []
    for seq, message in chat.changed_after(after):
        shown = shown_on_phone(message, seq)
        shown["html"] = as_html(shown["text"] or shown["caption"], shown["entities"])
        messages.append(shown)
    return {
        "messages": messages,
        "toasts": [toast for toast in chat.toasts if toast["seq"] > after],
        "seq": world.feed.seq,
        "reply_keyboard": chat.reply_keyboard,
        "force_reply": chat.force_reply,
        "action": _still(chat.action),
        "draft": _still(chat.draft),
        "started": chat.started,
        "blocked": chat.blocked,
        "unread": chat.unread,
        "last_read": chat.last_read,
    }


def bot_shown(world: World, language: str = "") -> Json:
    """What every phone knows of the bot: its name, its texts, whether it listens."""
    profile = world.profile
    return {
        "name": profile.text("name", language) or world.bot.first_name,
        "username": world.bot.username,
        "description": profile.text("description", language),
        "short_description": profile.text("short_description", language),
        "connected": world.updates.connected,
    }


def clock_shown(world: World) -> Json:
    """The simulated moment (ISO 8601, UTC) and how many seconds it is ahead of the real one."""
    return {
        "now": world.clock.now().isoformat(),
        "unix": world.clock.unix(),
        "offset": world.clock.offset.total_seconds(),
    }


def _still(shown: tuple[str, float] | None) -> Any:
    return shown[0] if shown and shown[1] > time.monotonic() else None
