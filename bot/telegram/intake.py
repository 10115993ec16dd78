"""From a Telegram update to an `Incoming`. Private chats only; the text stays as typed. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.usecases.incoming import (
    Attachment,
    Command,
    File,
    Incoming,
    Membership,
    Press,
    Sender,
    What,
    Words,
)

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)

# A message may carry two of these (an animation is a document too); the first one names it.
ATTACHMENTS: Final = (
    "voice", "video_note", "photo", "live_photo", "sticker", "animation", "video", "audio",
    "document", "contact", "venue", "location", "poll", "dice", "story", "game", "checklist",
    "paid_media", "gift", "unique_gift", "invoice", "passport_data", "giveaway",
)  # fmt: skip


def read(raw: Mapping[str, Any], bot_id: int) -> Incoming | None:
    """Say who did what; None for what is no person's doing in a private chat.

    Words and taps, nearly all that comes, are read as they stand: PTB's objects for one are a tenth
    of what an update costs. All else, and whatever looks odd, goes through PTB's types; they raise
    what they like for what is broken, or newer than they are; what somebody typed is read even so.
    """
    try:
        return _plain(raw, bot_id) or by_types(raw, bot_id)
    except Exception:
        found = _barely(raw, bot_id)
        if found is None:
            raise
        return found


def _plain(raw: Mapping[str, Any], bot_id: int) -> Incoming | None:
    """Words or a tap of a person in a private chat; None for everything else."""
    what: What
    match raw:
        case {
            "callback_query": {
                "id": str(),
                "from": {"id": int(user), "is_bot": False} as sender,
                "message": {"message_id": int(), "chat": {"id": int(), "type": "private"}},
                "data": str(data),
            }
        }:
            what = Press(data)
        case {"callback_query": _}:
            return None
        case {
            "message": {
                "message_id": int(mark),
                "from": {"id": int(user), "is_bot": False} as sender,
                "chat": {"type": "private"},
                "text": str(text),
            }
        }:
            what = _said(text, mark)
        case _:
            return None
    match sender.get("language_code"):
        case None | str() as language:
            return Incoming(bot_id, raw["update_id"], Sender(user, language), what)
        case _:
            return None


def _barely(raw: Mapping[str, Any], bot_id: int) -> Incoming | None:
    """What a person typed in a private chat, in a message that PTB's types cannot hold: Telegram
    changes faster than they do, and words of danger must not be lost for it."""
    edited = "edited_message" in raw
    match raw.get("edited_message" if edited else "message"):
        case {
            "message_id": int(mark),
            "from": {"id": int(user), "is_bot": False} as sender,
            "chat": {"type": "private"},
        } as content:
            what = _typed(content, mark, edited=edited)
        case _:
            return None
    language = sender.get("language_code")
    known = Sender(user, language if isinstance(language, str) else None)
    return None if what is None else Incoming(bot_id, raw["update_id"], known, what)


def _typed(content: Any, mark: int, *, edited: bool) -> Words | Attachment | None:
    match content:
        case {"text": str(text)}:
            return Words(_whole(text), mark, edited=edited)
        case {"caption": str(caption)} if caption:
            return Attachment("unknown", _whole(caption))
        case {"poll": {"question": question, "options": list(options)} as poll}:
            said = [question, *(each.get("text") for each in options), poll.get("explanation")]
            typed = "\n".join(each for each in said if isinstance(each, str))
            return Attachment("poll", _whole(typed))
    return None


def by_types(raw: Mapping[str, Any], bot_id: int) -> Incoming | None:
    """The same for every kind of update, by PTB's types."""
    update = Update.de_json(dict(raw), None)
    if (press := update.callback_query) is not None:
        return _told(update, bot_id, press.from_user, _pressed(press))
    if (message := update.message) is not None:
        return _told(update, bot_id, message.from_user, _written(message))
    if (message := update.edited_message) is not None:
        return _told(update, bot_id, message.from_user, _edited(message))
    if (change := update.my_chat_member) is not None:
        return _told(update, bot_id, change.from_user, _membership(change))
    return None


def _told(update: Update, bot_id: int, user: User | None, what: What | None) -> Incoming | None:
    if user is None or user.is_bot or what is None:
        return None
    return Incoming(bot_id, update.update_id, Sender(user.id, user.language_code), what)


def _pressed(press: CallbackQuery) -> Press | None:
    message = press.message
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return None
    return Press(press.data) if press.data is not None else None


def _written(message: Message) -> What | None:
    if message.chat.type != ChatType.PRIVATE:
        return None
    if message.text is not None:
        return _said(message.text, message.message_id)
    return _attachment(message)


def _said(text: str, mark: int) -> Command | Words:
    whole = _whole(text)
    found = _COMMAND.fullmatch(whole)
    return Command(found[1].lower(), found[2] or "") if found else Words(whole, mark)


def _whole(text: str) -> str:
    """The text without halves of a sign: nobody could store it, and so nobody would read it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _edited(message: Message) -> What | None:
    if message.chat.type != ChatType.PRIVATE:
        return None
    if message.text is not None:
        return Words(_whole(message.text), message.message_id, edited=True)
    # A moving location arrives as an endless row of edits: only typed words say something new.
    found = _attachment(message)
    return found if found is not None and found.caption else None


def _attachment(message: Message) -> Attachment | None:
    caption = _whole(message.caption or _typed_into(message))
    for kind in ATTACHMENTS:
        if getattr(message, kind, None):
            return Attachment(kind, caption, _file(message) if kind == "document" else None)
    # What is newer than PTB lands here; a caption is never dropped.
    return Attachment("unknown", caption) if caption or message.api_kwargs else None


def _typed_into(message: Message) -> str:
    """What somebody typed into a poll or a list of tasks: every word is read for danger."""
    if (poll := message.poll) is not None:
        said = (poll.question, *(each.text for each in poll.options), poll.explanation)
        return "\n".join(each for each in said if each)
    if (listed := message.checklist) is not None:
        return "\n".join((listed.title, *(each.text for each in listed.tasks)))
    return ""


def _file(message: Message) -> File | None:
    sent = message.document
    return File(sent.file_id, sent.file_name or "", sent.file_size) if sent is not None else None


def _membership(change: ChatMemberUpdated) -> Membership | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    return Membership(reachable=not gone)
