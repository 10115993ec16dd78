"""After discharge what somebody wrote is kept for a while, they are told before, then it goes."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.care.phase import Phase
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.messages.several import date_said
from bot.store import dues, erasure, members
from bot.store.dues import Due
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.usecases import alert
from bot.usecases.scene import Scene

WARNING, RETENTION = "retention-warning", "retention"
"""The kinds of due rows that announce the end, and that bring it."""
BEFORE = timedelta(days=7)
LEAST = timedelta(days=3)
"""So long before it they are told at least, even if we were down when they should have been."""
A_DAY = timedelta(days=1)


def plan(session: Session, person: UUID, at: datetime, now: datetime) -> None:
    """Everything of theirs goes at this moment (UTC); a week before, or at once, they are told."""
    warn = max(at - BEFORE, now)
    dues.set_due(session, person, WARNING, None, None, warn, _key(WARNING, person), now)
    dues.set_due(session, person, RETENTION, None, None, at, _key(RETENTION, person), now)


def call_off(session: Session, person: UUID) -> None:
    """They are back: nothing goes."""
    dues.clear_due(session, _key(WARNING, person))
    dues.clear_due(session, _key(RETENTION, person))


def is_planned(session: Session, person: UUID) -> bool:
    """Whether the end is still to come."""
    return dues.planned(session, _key(RETENTION, person)) is not None


def ring(scene: Scene, due: Due) -> bool:
    """Warns, or erases; True when something was erased. Whoever takes part again keeps all; of
    alumni all goes that they wrote in the programme, and they stay. What holds it up does so a day
    at a time."""
    if due.kind == RETENTION and _is_held_up(scene):
        me, at = scene.person.id, scene.now + A_DAY
        dues.set_due(scene.session, me, RETENTION, None, None, at, _key(RETENTION, me), scene.now)
        return False
    if scene.person.standing is not Standing.DISCHARGED:
        return False
    stays = _stays(scene)
    if due.kind == RETENTION and stays:
        erasure.forget_entries(scene.session, scene.person.id)
        return True
    if due.kind == RETENTION:
        return erasure.erase(scene.session, scene.kit.vault, scene.person.id, scene.now)
    end = _end(scene, due)
    if end is not None:
        _warn(scene, end, stays=stays)
    return False


def _end(scene: Scene, due: Due) -> datetime | None:
    """When it ends, told at this moment; put off where that would be sooner than they were to know.
    Told and deleted in the same minute, nobody could fetch a copy."""
    me = scene.person.id
    end = dues.planned(scene.session, _key(RETENTION, me))
    if end is None or end - scene.now >= min(LEAST, end - due.at):
        return end
    end = scene.now + min(LEAST, end - due.at)
    dues.set_due(scene.session, me, RETENTION, None, None, end, _key(RETENTION, me), scene.now)
    return end


def _is_held_up(scene: Scene) -> bool:
    """They wrote of danger of late, and what nobody has closed would go untold; or they wait to
    come in again, which may come to nothing."""
    if scene.person.standing is Standing.DISCHARGED:
        return alert.has_open(scene.session, scene.person.id)
    return scene.person.standing is Standing.PENDING


def _stays(scene: Scene) -> bool:
    """Whether they finished and asked for a hello now and then."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    return member is not None and member.phase == Phase.ALUMNI


def _warn(scene: Scene, at: datetime, *, stays: bool) -> None:
    day = date_said(scene.kit.words, scene.language, at.astimezone(scene.viewer.local).date())
    text = scene.kit.words.text(scene.language, "retention", day=day, stays=stays)
    copy = Button(text=scene.word("pages.copy"), data=for_menu("export"))
    scene.post(Message(text=text, buttons=((copy,),)), kind=Kind.CHECKIN)


def _key(kind: str, person: UUID) -> str:
    return f"{kind}.{person.hex}"
