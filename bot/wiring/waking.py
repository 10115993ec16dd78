"""Who is woken when something new waits: here at once, in other processes through the database."""

from collections.abc import Callable
from datetime import datetime

from bot.store.bell import Bell
from bot.store.offices import Office, Offices

OUTBOX, FETCH, DUE = "outbox", "fetch", "due"
"""What is called out: messages wait, a file is to be fetched, something falls due at a moment."""
_OFFICE = {OUTBOX: Office.SENDER, FETCH: Office.SENDER, DUE: Office.CLOCK}


class Waking:
    """Hands a call to the room it is for, wherever that room is. `here` are the rooms by call."""

    def __init__(self, offices: Offices, bell: Bell | None) -> None:
        self._offices = offices
        self._bell = bell
        self.here: dict[str, Callable[[str], None]] = {}

    def wake(self, what: str) -> None:
        """Something of this kind waits (from the loop's own thread)."""
        self._call(what, what)

    def expect(self, at: datetime) -> None:
        """Something falls due at this moment (UTC)."""
        self._call(DUE, f"{DUE} {at.isoformat()}")

    def heard(self, word: str) -> None:
        """Another process called; "all" means that calls may have been missed."""
        what, _, about = word.partition(" ")
        for name, call in self.here.items():
            if name == what or (what == "all" and name != DUE):
                call(about)

    def _call(self, what: str, word: str) -> None:
        if self._bell is None or self._offices.holds(_OFFICE[what]):
            self.here[what](word.partition(" ")[2])
        else:
            self._bell.ring(word)
