"""Writing to one of two partners by ourselves: never in quiet hours, only while it still holds."""

from datetime import datetime
from uuid import UUID

from bot.messages.message import Message, Rows
from bot.store import dues, people
from bot.store.outbox import Kind, guards
from bot.store.people import Participant
from bot.usecases.pairs import own
from bot.usecases.scene import Scene

ASK, BEGIN, HELD = "pair-ask", "pair-begin", "pair-nudge"
PROMISE, MONDAY, SUNDAY, LOOK = "pair-promise", "pair-monday", "pair-sunday", "pair-look"
TYPED, CLEARED = "pair-typed", "pair-cleared"
"""The kinds of due rows of a pair."""


def write(
    scene: Scene,
    name: str,
    rows: Rows,
    *,
    guard: str,
    key: str,
    kind: Kind = Kind.CHECKIN,
    head: bool = True,
    **values: object,
) -> None:
    """Queues pairs/<name> for the person of this scene, once under this key, for today only."""
    words = scene.kit.words
    text = words.text(scene.language, f"pairs/{name}", **values)
    if head:
        text = f"{words.text(scene.language, 'pairs/head')}\n\n{text}"
    post(scene, text, rows, guard=guard, key=key, kind=kind)


def post(
    scene: Scene, text: str, rows: Rows, *, guard: str, key: str, kind: Kind = Kind.CHECKIN
) -> None:
    """The same for words that are there already."""
    scene.post(
        Message(text=text, buttons=rows, protect=True),
        kind=kind,
        guard=f"{guard} {guards.loud(scene.person.id)}",
        expires_at=own.until(scene, scene.person, scene.now),
        key=key,
    )


def plan(scene: Scene, kind: str, pair: UUID, at: datetime) -> None:
    """One moment of a kind for the person of this scene in this pair; a new one moves it."""
    key, person = due_key(kind, pair, scene.person.id), scene.person.id
    dues.set_due(scene.session, person, kind, pair, None, at, key, scene.now)
    scene.expect(at)


def plan_for(scene: Scene, person: Participant, kind: str, pair: UUID) -> None:
    """The same for the other one, as soon as it is not quiet there."""
    at = own.awake_at(scene, person, scene.now)
    key = due_key(kind, pair, person.id)
    dues.set_due(scene.session, person.id, kind, pair, None, at, key, scene.now)
    scene.expect(at)


def other(scene: Scene, person: UUID) -> Participant | None:
    """The other one, not locked: two who write to each other at once must not wait in a ring."""
    return people.look(scene.session, person)


def call_off(scene: Scene, pair: UUID, person: UUID, *kinds: str) -> None:
    """These moments do not come any more."""
    for kind in kinds:
        dues.clear_due(scene.session, due_key(kind, pair, person))


def due_key(kind: str, pair: UUID, person: UUID) -> str:
    """Each of the two has one moment of each kind."""
    return f"{kind}.{pair.hex}.{person.hex}"
