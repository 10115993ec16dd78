"""What arrives unasked counts as much as a phrase does: three a day in one direction, all told."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.store import nudges, people
from bot.store.pairs import StoredPair
from bot.usecases.pairs import own as pair_own
from bot.usecases.scene import Scene

REHEARSAL, MINUTE = "rehearsal", "minute"
"""What stands in the ledger instead of a phrase."""


def when(scene: Scene, other: UUID) -> datetime | None:
    """When the other one can be written to (UTC); None where nobody is there."""
    person = people.look(scene.session, other)
    return None if person is None else pair_own.awake_at(scene, person, scene.now)


def count(scene: Scene, pair: StoredPair, other: UUID, at: datetime, what: str) -> bool:
    """Counts one more for the date on which it arrives; False where that day is full."""
    person = people.look(scene.session, other)
    if person is None:
        return False
    day = at.astimezone(ZoneInfo(person.zone)).date()
    two = (scene.person.id, other)
    vault, now = scene.kit.vault, scene.now
    return nudges.add(scene.session, vault, pair.id, two, day, now, phrase=what) is not None
