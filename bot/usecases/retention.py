"""After discharge what somebody wrote is kept for a while, they are told before, then it goes."""

from datetime import datetime, timedelta
from uuid import UUID

from babel.dates import format_date
from sqlmodel import Session

from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import dues, erasure
from bot.store.dues import Due
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.usecases.scene import Scene

WARNING, RETENTION = "retention-warning", "retention"
"""The kinds of due rows that announce the end, and that bring it."""
BEFORE = timedelta(days=7)


def plan(session: Session, person: UUID, at: datetime, now: datetime) -> None:
    """Everything of theirs goes at this moment (UTC); a week before, or at once, they are told."""
    warn = max(at - BEFORE, now)
    dues.set_due(session, person, WARNING, None, None, warn, _key(WARNING, person), now)
    dues.set_due(session, person, RETENTION, None, None, at, _key(RETENTION, person), now)


def call_off(session: Session, person: UUID) -> None:
    """They are back: nothing goes."""
    dues.clear_due(session, _key(WARNING, person))
    dues.clear_due(session, _key(RETENTION, person))


def ring(scene: Scene, due: Due) -> bool:
    """Warns, or erases; True when somebody was erased. Whoever takes part again keeps all."""
    if scene.person.standing is not Standing.DISCHARGED:
        return False
    if due.kind == RETENTION:
        return erasure.erase(scene.session, scene.kit.vault, scene.person.id, scene.now)
    at = dues.planned(scene.session, _key(RETENTION, scene.person.id))
    if at is not None:
        _warn(scene, at)
    return False


def _warn(scene: Scene, at: datetime) -> None:
    day = format_date(at.astimezone(scene.viewer.local), "long", locale=scene.language)
    text = scene.kit.words.text(scene.language, "retention", day=day)
    copy = Button(text=scene.word("pages.copy"), data=for_menu("export"))
    scene.post(Message(text=text, buttons=((copy,),)), kind=Kind.CHECKIN)


def _key(kind: str, person: UUID) -> str:
    return f"{kind}.{person.hex}"
