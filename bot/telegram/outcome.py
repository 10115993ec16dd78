"""What became of one call to Telegram: from what it returned or raised to one small fact."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram import request


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it, under this message id; a file that came along can be sent again by its
    `file_id`."""

    message_id: int
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not delivered; the same call may be made again later."""

    code: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Perhaps delivered: the class of the message decides what now."""

    code: str


@dataclass(frozen=True, slots=True)
class SlowDown:
    """Not delivered; this chat is to be left alone for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """This person cannot be written to (blocked the bot, is gone, never began)."""

    code: str


@dataclass(frozen=True, slots=True)
class Already:
    """Nothing to do: things are as the call would have made them, or it no longer matters."""

    code: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The message to edit or delete is not there or cannot be changed."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Our bug: Telegram will never take this call."""

    code: str


@dataclass(frozen=True, slots=True)
class TokenDead:
    """Telegram does not know this token (any more)."""


Outcome = Sent | NotSent | Uncertain | SlowDown | Unreachable | Already | Gone | Refused | TokenDead

CANNOT_PARSE: Final = "cant_parse_entities"
WRONG_FILE: Final = "wrong_file_id"

# PTB capitalises descriptions, so they are compared without case. The first that fits counts.
_BAD_REQUESTS: Final[tuple[tuple[str, type[Unreachable | Already | Gone | Refused], str], ...]] = (
    ("message is not modified", Already, "not_modified"),
    ("query is too old", Already, "query_too_old"),
    ("query id is invalid", Already, "query_too_old"),
    ("query_id_invalid", Already, "query_too_old"),
    ("message to edit not found", Gone, "edit_not_found"),
    ("message to delete not found", Gone, "delete_not_found"),
    ("message can't be edited", Gone, "cant_be_edited"),
    ("message can't be deleted", Gone, "cant_be_deleted"),
    ("message_id_invalid", Gone, "message_id_invalid"),
    ("no text in the message to edit", Gone, "no_text_to_edit"),
    ("chat not found", Unreachable, "chat_not_found"),
    ("user not found", Unreachable, "user_not_found"),
    ("peer_id_invalid", Unreachable, "peer_id_invalid"),
    ("user_is_blocked", Unreachable, "user_is_blocked"),
    ("user is deactivated", Unreachable, "user_is_deactivated"),
    ("input_user_deactivated", Unreachable, "user_is_deactivated"),
    ("chat_write_forbidden", Unreachable, "chat_write_forbidden"),
    ("wrong file identifier", Refused, WRONG_FILE),
    ("wrong remote file", Refused, WRONG_FILE),
    ("wrong file_id", Refused, WRONG_FILE),
    ("invalid file_id", Refused, WRONG_FILE),
    ("file reference", Refused, WRONG_FILE),
    ("file_reference", Refused, WRONG_FILE),
    ("can't use file of type", Refused, WRONG_FILE),
    ("can't parse entities", Refused, CANNOT_PARSE),
    ("message is too long", Refused, "message_too_long"),
    ("caption is too long", Refused, "caption_too_long"),
    ("text is empty", Refused, "text_is_empty"),
    ("text must be non-empty", Refused, "text_is_empty"),
    ("button_data_invalid", Refused, "button_data_invalid"),
)
_NAMED: Final = re.compile(r"^[a-z]+(?:_[a-z]+)+$", re.IGNORECASE)


def outcome(happened: object) -> Outcome:
    """Classify what a sending call returned or raised, by type; never by "timed out"."""
    match happened:
        case request.NotSent():
            return NotSent(happened.message)
        case RetryAfter():
            return SlowDown(_seconds(happened.retry_after))
        case Forbidden():
            return Unreachable("forbidden")
        case BadRequest():
            return _bad_request(happened.message)
        case EndPointNotFound():
            return NotSent("HTTP 404")
        case InvalidToken():
            return TokenDead()
        case request.Unknown():
            return Uncertain(happened.message)
        case NetworkError() | Conflict():
            return Uncertain(type(happened).__name__)
        case TelegramError() | Exception():
            return Refused(type(happened).__name__)
        case {"message_id": int(message_id)}:
            return Sent(message_id, _file_id(happened))
        case True:  # what deleteMessages and sendChatAction answer
            return Already("done")
        case _:
            return Uncertain("no message id")


def _bad_request(description: str) -> Unreachable | Already | Gone | Refused:
    text = description.casefold()
    for part, kind, code in _BAD_REQUESTS:
        if part in text:
            return kind(code)
    # A description may quote the message; only an upper-case name of Telegram's is kept.
    return Refused(text if _NAMED.match(text) else "bad_request")


def _file_id(answer: object) -> str | None:
    """The id of the file in a message; a sound Telegram takes for music or a document as well."""
    assert isinstance(answer, dict)
    for kind in ("animation", "voice", "audio", "document"):
        match answer.get(kind):
            case {"file_id": str(file_id)}:
                return file_id
    return None


def _seconds(wait: int | timedelta) -> float:
    return max(1.0, wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
