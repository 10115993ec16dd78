"""A due moment has come: taken once, in a transaction of its own."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from bot.engine.given import Rang
from bot.store import dues, erasure, people, runs
from bot.store.dues import Due
from bot.store.people import Standing
from bot.usecases import carry_on, door, help_now, later, leave
from bot.usecases.incoming import Receipt
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene


class Look(NamedTuple):
    """What a look at the table found: what is due by now, and when the next moment falls (UTC)."""

    ripe: list[Due]
    next_at: datetime | None


def look(session: Session, now: datetime, limit: int = 200) -> Look:
    """What is due by now. Each one is then rung in a transaction of its own."""
    return Look(dues.ripe(session, now, limit), dues.next_at(session))


def ring(session: Session, due: Due, now: datetime, kit: Kit) -> Receipt:
    """Handles one due moment; nothing happens when it was taken, moved or called off meanwhile."""
    person = people.get(session, due.person)
    taken = dues.take(session, due.id)
    if taken is None or person is None:
        return Receipt()
    scene = Scene(session, kit, person, now, f"d{taken.id.hex}")
    if taken.kind == carry_on.STEP and taken.subject is not None and taken.turn is not None:
        stored = runs.get_run(session, kit.vault, taken.subject)
        if stored is not None:
            carry_on.give(scene, stored, Rang(taken.turn))
    if taken.kind == carry_on.LATER and taken.subject is not None and taken.turn is not None:
        later.keep_promise(scene, taken.subject, taken.turn)
    if taken.kind == help_now.HELLO:
        help_now.ask_how_it_is(scene)
    if taken.kind == door.FORGET and person.standing is Standing.STRANGER:
        erasure.forget(session, kit.vault, person.id)
        return Receipt()
    erased = taken.kind == leave.ERASE and leave.erase(scene)
    return replace(scene.receipt(), erased=erased)
