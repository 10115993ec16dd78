"""A line or a part of a card that typed words answer: open for half an hour, or until something
else. It is a due row, so it closes by itself; its turn says which question it is."""

from datetime import timedelta

from bot.store import dues, rehearsals
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.pairs import typed as pair_typed
from bot.usecases.scene import Scene

TYPED = "play-typed"
PATIENCE = timedelta(minutes=30)
CARDS = 100
"""From here on it is a part of a card: ten for each part, the beginning in the last digit."""
NO_BEGINNING = 9


def open_for(scene: Scene, stored: StoredRehearsal, question: int) -> None:
    """From now on the next words are the answer."""
    pair_typed.close(scene)
    at, key = scene.now + PATIENCE, _key(scene)
    dues.set_due(scene.session, scene.person.id, TYPED, stored.id, question, at, key, scene.now)


def for_part(part: int, beginning: int | None) -> int:
    """The question that a part of a card is."""
    return CARDS + 10 * part + (NO_BEGINNING if beginning is None else beginning)


def close(scene: Scene) -> None:
    """Words are ordinary words again."""
    dues.clear_due(scene.session, _key(scene))


def asked(scene: Scene) -> tuple[StoredRehearsal, int] | None:
    """The open question, if it is still fresh."""
    due = dues.find_due(scene.session, _key(scene))
    if due is None or due.at <= scene.now or due.turn is None or due.subject is None:
        return None
    stored = rehearsals.get(scene.session, due.subject)
    return None if stored is None else (stored, due.turn)


def _key(scene: Scene) -> str:
    return f"{TYPED}.{scene.person.id.hex}"
