"""What comes later in a rehearsal, as due rows: a move to tell, a card to bring, the end."""

from datetime import datetime
from uuid import UUID

from bot.care.rehearsal import Phase
from bot.store import dues, people
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.pairs import own as pair_own
from bot.usecases.pairs.telling import due_key
from bot.usecases.scene import Scene

MOVE, CARD, OVER = "play-move", "play-card", "play-over"
"""The kinds of due rows of a rehearsal; each of the two has one of each."""


def told_at(scene: Scene, stored: StoredRehearsal) -> datetime:
    """When the other one can be told something (UTC): never in their quiet hours."""
    other = people.look(scene.session, stored.at.other(scene.person.id))
    return scene.now if other is None else pair_own.awake_at(scene, other, scene.now)


def plan(
    scene: Scene,
    kind: str,
    rehearsal: UUID,
    person: UUID,
    at: datetime,
    turn: int | None = None,
) -> None:
    """One moment of a kind; a new one moves it. Whoever is not there any more has none."""
    found = people.look(scene.session, person)
    if found is None:
        return
    at = pair_own.awake_at(scene, found, at)
    key = due_key(kind, rehearsal, person)
    dues.set_due(scene.session, person, kind, rehearsal, turn, at, key, scene.now)
    scene.expect(at)


def plan_end(scene: Scene, stored: StoredRehearsal) -> None:
    """Both hear it when the time of whoever is to move is over. Somebody who was only asked does
    not: they need not answer."""
    both = (stored.at.first, stored.at.second)
    for each in both[:1] if stored.at.phase is Phase.INVITED else both:
        plan(scene, OVER, stored.id, each, stored.at.until)


def call_off(scene: Scene, rehearsal: UUID, person: UUID, *kinds: str) -> None:
    """These moments do not come any more."""
    for kind in kinds:
        dues.clear_due(scene.session, due_key(kind, rehearsal, person))
