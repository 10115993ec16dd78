"""A question outside the exercises that typed words answer for ten minutes (how somebody is: half
a day), or until otherwise.

`participant.onboarding` keeps it as "<kind>.<minute>" once the first steps are over; in a
kind there may be dots.
"""

from dataclasses import replace

from bot.store import people
from bot.store.people import Participant, Standing
from bot.usecases.scene import Scene

HELLO = "hello"
"""How are you today, the morning after the help card: it was sent unasked, and may be read late."""
MINUTE, PATIENCE = 60, 10
"""Seconds; and the minutes that typed words count as the answer."""
LONGER = {HELLO: 12 * 60}
"""The same in minutes for those that may wait longer."""


def open_for(scene: Scene, kind: str) -> None:
    """From now on typed words may be the answer; a newcomer at the first steps has another one."""
    if scene.person.standing is Standing.MEMBER and not is_arriving(scene.person):
        _note(scene, f"{kind}.{int(scene.now.timestamp()) // MINUTE}")


def which(scene: Scene) -> str:
    """The question that stands open and is still fresh; "" if there is none. One of a clock that
    ran ahead is none: until then, whatever is typed would be its answer."""
    kind, _, minute = (scene.person.onboarding or "").rpartition(".")
    if kind and minute.isdigit():
        age = int(scene.now.timestamp()) // MINUTE - int(minute)
        return kind if abs(age) <= LONGER.get(kind, PATIENCE) else ""
    return ""


def since(scene: Scene) -> int:
    """The minute (since 1970, UTC) at which the open question was asked; 0 if there is none."""
    return int((scene.person.onboarding or "").rpartition(".")[2]) if which(scene) else 0


def is_open(scene: Scene, kind: str) -> bool:
    """Whether this question stands open, and is still fresh."""
    return which(scene) == kind


def is_arriving(person: Participant) -> bool:
    """Whether they still have first steps to take; an open question is none of these."""
    return person.onboarding is not None and "." not in person.onboarding


def put_away_old(scene: Scene) -> None:
    """A question that is not fresh any more is forgotten: nobody may wait for its answer."""
    if not which(scene):
        close(scene)


def close(scene: Scene) -> None:
    """Words are ordinary words again; a first step that is still to take stays."""
    if "." in (scene.person.onboarding or ""):
        _note(scene, None)


def _note(scene: Scene, state: str | None) -> None:
    people.set_onboarding(scene.session, scene.person.id, state)
    scene.person = replace(scene.person, onboarding=state)
