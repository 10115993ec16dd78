"""A question of a pair that typed words answer: open for half an hour, or until something else.

It is a due row, so it closes by itself; `turn` says which question it is.
"""

from datetime import timedelta
from enum import IntEnum

from bot.store import dues
from bot.store.pairs import StoredPair
from bot.usecases.pairs import own
from bot.usecases.pairs.telling import TYPED
from bot.usecases.scene import Scene

PATIENCE = timedelta(minutes=30)


class Asks(IntEnum):
    """What the words are for."""

    PROMISE = 1
    NOTE = 2
    DAY = 3


def open_for(scene: Scene, stored: StoredPair, asks: Asks) -> None:
    """From now on the next words are the answer."""
    at = scene.now + PATIENCE
    key = _key(scene)
    dues.set_due(scene.session, scene.person.id, TYPED, stored.id, asks, at, key, scene.now)


def close(scene: Scene) -> None:
    """Words are ordinary words again."""
    dues.clear_due(scene.session, _key(scene))


def asked(scene: Scene) -> tuple[StoredPair, Asks] | None:
    """The open question, if it is still fresh and its pair still on."""
    due = dues.find_due(scene.session, _key(scene))
    if due is None or due.at <= scene.now or due.turn not in set(Asks):
        return None
    stored = own.live(scene)
    if stored is None or stored.id != due.subject or not own.is_on(stored):
        return None
    return stored, Asks(due.turn)


def _key(scene: Scene) -> str:
    return f"{TYPED}.{scene.person.id.hex}"
