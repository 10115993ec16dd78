"""What reaches us from one person, free of Telegram's own types."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: Telegram's id and the language code of their app (IETF, or None)."""

    telegram_id: int
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Typed text. `mark` tells messages apart, so that an edit finds what it corrects."""

    text: str
    mark: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: `name` without the slash and without a bot name, lower case."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A tap on a button. `data` is whatever the client sent: never trusted."""

    data: str


@dataclass(frozen=True, slots=True)
class File:
    """A file in Telegram's keeping: its id, its name, its size in bytes."""

    file_id: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A voice note, picture, sticker … `kind` is Telegram's word for it.

    `caption` is what the person typed under it, or into a poll or a list, "" if nothing. `file` is
    there for documents; it is downloaded only when a reviewer sent it.
    """

    kind: str
    caption: str = ""
    file: File | None = None


SPOKEN = frozenset({"voice", "video_note"})
"""Kinds of attachment that people talk into: somebody may believe that they were heard."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The person blocked the bot (`reachable` False) or let it in again."""

    reachable: bool


What = Words | Command | Press | Attachment | Membership


class Flood(Enum):
    """Whether somebody sends faster than anybody types or taps, and whether it is new."""

    NONE = auto()
    BEGINS = auto()
    GOES_ON = auto()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of one person in a private chat."""

    bot_id: int
    update_id: int
    sender: Sender
    what: What
    flood: Flood = Flood.NONE


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the edge may do once the transaction has committed.

    `note` is shown in the small pop-up of a press (at most 200 characters). `settled` says that
    the pressed question is answered, so its buttons may go and the choice may be marked. `wrote`
    says that messages wait in the outbox. `rings_at` (UTC) is the nearest new due moment.
    `closes` is the message of a question that is overtaken, so that its buttons may go too.
    `erased` says that somebody's rows were deleted, so that the journal must be emptied.
    `fetches` says that a file somebody sent is to be fetched.
    """

    note: str | None = None
    settled: bool = False
    wrote: bool = False
    rings_at: datetime | None = None
    closes: int | None = None
    erased: bool = False
    fetches: bool = False
