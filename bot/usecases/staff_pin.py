"""The PIN in the therapist's chat: asked for before something opens, chosen, tried, locked."""

from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from bot.messages.message import Message
from bot.store import dues, pins
from bot.store.outbox import Kind
from bot.store.pins import Verdict
from bot.usecases.scene import Scene

UNLOCK = "unlock"
"""The kind of due row that ends the lock after too many wrong PINs."""
PATIENCE = timedelta(minutes=10)
"""So long a question for a PIN stays open."""
NOTE_PATIENCE = timedelta(hours=1)
"""And one for a note: whoever is called away over it would write it into a chat that keeps it."""
LOCKED = timedelta(minutes=15)


class Asked(IntEnum):
    """What was asked: the PIN, a new PIN; or a note, which needs none."""

    PIN = 1
    NEW_PIN = 2
    NOTE = 3


def ask(scene: Scene, kind: str, subject: UUID) -> bool:
    """Asks for the PIN before `subject` opens, or for a new one the first time; False while it is
    locked. `kind` is that of the due row which holds the question."""
    if is_locked(scene):
        say(scene, "locked")
        return False
    known = pins.has_pin(scene.session, scene.person.id)
    expect(scene, kind, Asked.PIN if known else Asked.NEW_PIN, subject)
    say(scene, "pin" if known else "new_pin")
    return True


def expect(scene: Scene, kind: str, asked: Asked, subject: UUID) -> None:
    """The next typed words are the answer; one question of a kind is open at a time."""
    me, at = scene.person.id, scene.now + _patience(asked)
    dues.set_due(scene.session, me, kind, subject, asked.value, at, _key(scene, kind), scene.now)


def asked(scene: Scene, kind: str) -> tuple[Asked, UUID] | None:
    """What was asked and about what, if a question of this kind is open; one of a clock that ran
    ahead is not: until the clock comes there, digits typed for something else would open it."""
    due = dues.find_due(scene.session, _key(scene, kind))
    if due is None or due.turn is None or due.subject is None:
        return None
    asked = Asked(due.turn)
    is_open = scene.now < due.at <= scene.now + _patience(asked)
    return (asked, due.subject) if is_open else None


def asked_at(scene: Scene, kind: str) -> datetime | None:
    """Since when it stands open; None if nothing was asked."""
    due = dues.find_due(scene.session, _key(scene, kind))
    return None if due is None or due.turn is None else due.at - _patience(Asked(due.turn))


def _patience(asked: Asked) -> timedelta:
    return NOTE_PATIENCE if asked is Asked.NOTE else PATIENCE


def put_away(scene: Scene, kind: str) -> None:
    """What was asked is not asked any more."""
    dues.clear_due(scene.session, _key(scene, kind))


def choose(scene: Scene, kind: str, subject: UUID, typed: str) -> None:
    """Takes typed words as a new PIN, which has to be typed once more."""
    why = pins.unfit(typed)
    if why is not None:
        say(scene, f"unfit_{why.value}")
        return
    pins.choose(scene.session, scene.kit.vault, scene.person.id, typed)
    expect(scene, kind, Asked.PIN, subject)
    say(scene, "again")


def attempt(scene: Scene, kind: str, subject: UUID, typed: str) -> Verdict | None:
    """Takes typed words as the PIN and says what is to be said, unless they are right; None where
    nothing was tried because it is locked. `LOCKED`: this was one too many."""
    if is_locked(scene):
        say(scene, "locked")
        return None
    verdict = pins.check(scene.session, scene.kit.vault, scene.person.id, typed)
    match verdict:
        case Verdict.RIGHT:
            put_away(scene, kind)
        case Verdict.MISTYPED:
            expect(scene, kind, Asked.NEW_PIN, subject)
            say(scene, "mistyped")
        case Verdict.WRONG:
            say(scene, "wrong")
        case Verdict.LOCKED:
            put_away(scene, kind)
            _lock(scene)
            say(scene, "locked")
    return verdict


def _lock(scene: Scene) -> None:
    """Nothing opens for a while."""
    me, at = scene.person.id, scene.now + LOCKED
    dues.set_due(scene.session, me, UNLOCK, None, None, at, _key(scene, _LOCK), scene.now)


def is_locked(scene: Scene) -> bool:
    """Past its time a lock is over, even if the heartbeat has not come to it yet; so is one of a
    clock that ran ahead, which would keep alerts shut until the clock comes there."""
    lock = dues.find_due(scene.session, _key(scene, _LOCK))
    if lock is None:
        return False
    if scene.now < lock.at <= scene.now + LOCKED:
        return True
    dues.clear_due(scene.session, _key(scene, _LOCK))
    unlock(scene)
    return False


def unlock(scene: Scene) -> None:
    """The lock after too many wrong PINs is over."""
    pins.unlock(scene.session, scene.person.id)


def say(scene: Scene, which: str) -> None:
    """One of the sentences around the PIN."""
    text = scene.kit.words.text(scene.language, "alerts/staff", which=which)
    scene.post(Message(text=text), kind=Kind.ALERT)


_LOCK = "locked"


def _key(scene: Scene, kind: str) -> str:
    return f"{kind}.{scene.person.id.hex}"
