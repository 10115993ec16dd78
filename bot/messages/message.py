"""What is shown to one person: words, buttons, perhaps a picture or moving words."""

from typing import Any

from pydantic import BaseModel

from bot.catalog.media import Medium
from bot.private import STRICT


class _Fact(BaseModel):
    model_config = STRICT


class Button(_Fact):
    """One button under a message; exactly one of `data`, `copy_text` and `url` is set.

    `data` comes back to us when it is pressed (1–64 bytes of UTF-8); `copy_text` lands in the
    person's clipboard and never reaches us (1–256 characters); `url` (https, on a host of its own:
    Telegram refuses others) opens in their browser.
    """

    text: str
    data: str | None = None
    copy_text: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


class Frame(_Fact):
    """One moment of moving words: `text` (Telegram HTML) stands for `seconds`."""

    seconds: float
    text: str


class Document(_Fact):
    """A file sent with a message: its name as the person sees it, and what the sender has built
    from the database just before sending; the file itself is never stored. `otherwise` is said
    (Telegram HTML) when it cannot be built."""

    name: str
    what: str
    otherwise: str


class Media(_Fact):
    """A moving picture or a sound, by its key; never a path, never anything of a person's.

    `text` (Telegram HTML, at most 1,024 characters once parsed) stands below it, and `frames` are
    what becomes of that text.
    """

    key: str
    medium: Medium
    text: str = ""
    frames: tuple[Frame, ...] = ()


class Message(_Fact):
    """One message as the person sees it.

    `text` is Telegram HTML of at most 4,096 characters once parsed (1,024 under a picture).
    `picture` is the JSON of a `reports.chart.Chart`, drawn by the sender just before sending.
    `qr` is a text to be drawn as a picture to scan, in the same way; a message has either.
    `frames` are shown one after the other by editing the message after it was sent; losing them
    loses nothing but the movement. `protect` asks Telegram to refuse forwarding and saving.
    `deletes` names messages of this chat to delete instead of sending anything (at most 100).
    `document` goes with the message.
    `keys` stay below the field where people type, until others take their place; a message has
    either keys or buttons. `silent` arrives without a sound. A `probe` shows nothing at all: it
    only proves that Telegram lets us reach this chat.
    `commands` are the names and words of what Telegram lists in this chat instead of sending
    anything; () takes the list of this chat away, so that the one for everybody shows again.
    `media` is shown instead of `text` and `frames`, which do alone when it cannot be sent; a
    message whose text is empty is nothing without it. What comes `beside` a timed step lets the
    moving words above it go on. `replies_to` is an earlier message of this chat, below which it
    is shown; where that one is gone, it comes all the same.
    """

    text: str
    buttons: Rows = ()
    protect: bool = False
    picture: dict[str, Any] | None = None
    qr: str | None = None
    document: Document | None = None
    frames: tuple[Frame, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    deletes: tuple[int, ...] = ()
    silent: bool = False
    probe: bool = False
    commands: tuple[tuple[str, str], ...] | None = None
    media: Media | None = None
    beside: bool = False
    replies_to: int | None = None

    @property
    def drawing(self) -> dict[str, Any] | None:
        """What is to be drawn, a picture or a text to scan; None where nothing is."""
        return self.picture if self.qr is None else {"qr": self.qr}

    @property
    def bare(self) -> "Message":
        """The same in words alone."""
        return self.model_copy(update={"media": None})


def goes_beside(body: str) -> bool:
    """Whether a message, as JSON, comes beside a timed step.

    Looked at without reading it all: quotes in anybody's words are escaped there.
    """
    return '"beside":true' in body
