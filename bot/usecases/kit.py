"""What every use case needs besides the session: content, words, keys. Built once by the wiring."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.care.risk import Rules
from bot.catalog.board import Board
from bot.catalog.consents import Consents
from bot.catalog.helplines import Helplines
from bot.catalog.load import Library
from bot.catalog.load_measures import Measures
from bot.catalog.load_workshops import Workshops
from bot.catalog.media import Media
from bot.catalog.phrases import Phrases
from bot.catalog.talks import Talks
from bot.messages.words import Words
from bot.store.vault import Vault


@dataclass(slots=True)
class BotName:
    """The bot's own name. It has state because only Telegram can say it, after the start."""

    username: str | None = None

    def link(self, code: str) -> str | None:
        """The address that opens the bot with this code; None while the name is not known."""
        return f"https://t.me/{self.username}?start={code}" if self.username else None


@dataclass(slots=True)
class Shelf:
    """How much of the installed wording is among the exercises already; grows while running."""

    seen: int = 0


@dataclass(frozen=True, slots=True)
class Kit:
    """`screening` gives the rules of the risk screen, made when first asked for; `zone` is the
    IANA zone a newcomer is given until they say otherwise; `aliases` the names they are offered, by
    language; `phrases` what partners can send each other, `talks` what they can practise; `board`
    what the group board offers to choose from; `pages` where the private pages are, None where
    there are none; `mail` says whether staff can be told by e-mail too. `media` are the moving
    pictures and sounds there are. `second_factor` is asked of staff at their pages; only the demo
    does without.
    """

    library: Library
    words: Words
    vault: Vault
    helplines: Helplines
    screening: Callable[[], Rules]
    zone: str = "UTC"
    bot: BotName = field(default_factory=BotName)
    measures: Measures = field(default_factory=lambda: Measures({}))
    shelf: Shelf = field(default_factory=Shelf)
    workshops: Workshops = field(default_factory=Workshops)
    consents: Consents = field(default_factory=Consents)
    phrases: Phrases = field(default_factory=Phrases)
    talks: Talks = field(default_factory=Talks)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    board: Board = field(default_factory=Board)
    pages: str | None = None
    mail: bool = False
    media: Media = field(default_factory=Media)
    second_factor: bool = True

    @property
    def rules(self) -> Rules:
        """The rules of the risk screen. Whoever needs them first waits until they are made."""
        return self.screening()

    @property
    def titles(self) -> Mapping[str, dict[str, str]]:
        """The titles of all exercises, by id and language."""
        return _Titles(self.library)


class _Titles(Mapping[str, dict[str, str]]):
    """A view, because the library grows while it runs, and every message asks for it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __getitem__(self, name: str) -> dict[str, str]:
        return self._library.exercises[name].title

    def __iter__(self) -> Iterator[str]:
        return iter(self._library.exercises)

    def __len__(self) -> int:
        return len(self._library.exercises)
