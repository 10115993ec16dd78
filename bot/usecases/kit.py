"""What every use case needs besides the session: content, words, keys. Built once by the wiring."""

from dataclasses import dataclass

from bot.care.risk import Rules
from bot.catalog.helplines import Helplines
from bot.catalog.load import Library
from bot.messages.words import Words
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Kit:
    """`zone` is the IANA zone a newcomer is given until they say otherwise; `rules` are those of
    the risk screen; `mail` says whether staff can be told by e-mail too."""

    library: Library
    words: Words
    vault: Vault
    helplines: Helplines
    rules: Rules
    zone: str = "UTC"
    mail: bool = False

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """The titles of all exercises, by id and language."""
        return {name: each.title for name, each in self.library.exercises.items()}
