"""What the staff did, kept for the audit trail until all of it is known."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from bot.cli.made_up.keeping import Stage
from bot.store import audit


class Deeds:
    """What was done by `staff`, for the audit trail. It has state: the trail only grows, so what
    was noted here and there is written at the end, in the order in which it happened."""

    def __init__(self, stage: Stage, staff: UUID) -> None:
        self.staff = staff
        self._session = stage.session
        self._deeds: list[tuple[datetime, Callable[[], None]]] = []

    def note(
        self, action: str, of: UUID | None, why: str, at: datetime, *, by: bool = True
    ) -> None:
        """One thing, done by the member of staff or (not `by`) by the bot itself."""
        actor = self.staff if by else None
        write = partial(audit.write, actor=actor, subject=of, action=action, reason=why, now=at)
        self.do(at, partial(write, self._session))

    def do(self, at: datetime, deed: Callable[[], None]) -> None:
        """Something that writes into the trail by itself."""
        self._deeds.append((at, deed))

    def write(self) -> None:
        """All of it."""
        for _, deed in sorted(self._deeds, key=lambda each: each[0]):
            deed()
