"""The list of commands Telegram shows in the chat of a member of staff: their own, in their
language, and that of everybody again once they work here no longer."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.messages.message import Message
from bot.store import people
from bot.store.ids import new_id
from bot.store.outbox import guards
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

LISTED = ("menu", "alerts", "page", "invite", "help", "language", "privacy")
PAGES = "page"
"""Listed only where there are pages."""


def show(scene: Scene, key: str | None = None) -> None:
    """Telegram lists them in this chat from now on."""
    works = guards.works(scene.person.id)
    scene.post(Message(text="", commands=_listed(scene)), guard=works, key=key)


def mend(scene: Scene) -> None:
    """The same for whoever came before there was such a list, or whose list has changed since;
    nothing for all others."""
    which = hashlib.sha256(repr(_listed(scene)).encode()).hexdigest()[:16]
    show(scene, key=f"commands.{scene.person.id.hex}.{which}")


def _listed(scene: Scene) -> tuple[tuple[str, str], ...]:
    names = (each for each in LISTED if each != PAGES or scene.kit.pages is not None)
    return tuple((each, scene.word(f"staff_commands.{each}")) for each in names)


def withdraw(session: Session, kit: Kit, staff_id: UUID, now: datetime) -> None:
    """They work here no longer: a list of what nobody answers them any more would stay."""
    person = people.get(session, staff_id)
    if person is not None:  # else they never opened their invitation
        take_back(Scene(session, kit, person, now, f"commands-gone.{new_id(now).hex}"))


def take_back(scene: Scene) -> None:
    """Nobody of the staff writes from this chat any more."""
    scene.post(Message(text="", commands=()))
