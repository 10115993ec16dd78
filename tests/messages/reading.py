"""Reading messages back the way Telegram does, and rendering runs the way the bot does."""

from datetime import UTC, datetime
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

from bot.catalog.exercise import Exercise
from bot.catalog.load import read_file, read_library
from bot.catalog.markup import TAGS
from bot.config import Settings
from bot.engine.walk import Turn
from bot.messages.message import Button, Message
from bot.messages.render import Shown, render
from bot.messages.summary import Viewer
from bot.messages.words import Words

RUN = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = Words(Settings().prompts_dir, Settings().cache)
LIBRARY = read_library(Settings().exercises_dir, Settings().cache).exercises
WIDE_FILE = Path(__file__).parents[1] / "catalog" / "wide.yaml"
WIDE = read_file(WIDE_FILE).exercise or LIBRARY["missing"]
TITLES = {name: each.title for name, each in LIBRARY.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.quoted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}>"
        assert not attrs
        self.open.append(tag)
        if tag == "blockquote":
            self.quoted.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.text += data
        if "blockquote" in self.open:
            self.quoted[-1] += data


@lru_cache(maxsize=2000)  # ways through an exercise show many messages again
def read(html: str) -> str:
    """The text as it is shown; fails on any tag Telegram would refuse."""
    if "<" not in html and "&" not in html:
        return html  # nothing is marked up, which the slow way tells, too
    return _read(html).text


def quoted(html: str) -> list[str]:
    """What stands in block quotes."""
    return _read(html).quoted


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def viewer(language: str = "en") -> Viewer:
    """Someone who reads in this language, in Madrid."""
    return Viewer(language, "Europe/Madrid", NOON, TITLES)


def shown(exercise: Exercise, turn: Turn) -> list[Shown]:
    """What the person sees of a turn."""
    language = turn.run.language
    return render(WORDS, exercise, RUN, turn.run, turn.events, viewer(language))


def texts(exercise: Exercise, turn: Turn) -> str:
    """The words of a turn as they are shown, all messages together."""
    return "\n\n".join(read(each.message.text) for each in shown(exercise, turn))


def buttons(message: Message) -> list[Button]:
    """All buttons of a message, row by row."""
    return [button for row in message.buttons for button in row]
