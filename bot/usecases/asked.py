"""A question outside the exercises that typed words answer for ten minutes, or until otherwise.

`participant.onboarding` keeps it as "<kind>.<minute>" once the first steps are over.
"""

from dataclasses import replace

from bot.store import people
from bot.store.people import Standing
from bot.usecases.scene import Scene

MINUTE, PATIENCE = 60, 10
"""Seconds; and the minutes that typed words count as the answer."""


def open_for(scene: Scene, kind: str) -> None:
    """From now on typed words may be the answer; a newcomer at the first steps has another one."""
    state = scene.person.onboarding
    if scene.person.standing is Standing.MEMBER and (state is None or "." in state):
        _note(scene, f"{kind}.{int(scene.now.timestamp()) // MINUTE}")


def is_open(scene: Scene, kind: str) -> bool:
    """Whether this question stands open, and is still fresh."""
    match (scene.person.onboarding or "").split("."):
        case [name, minute] if name == kind and minute.isdigit():
            return int(scene.now.timestamp()) // MINUTE - int(minute) <= PATIENCE
    return False


def close(scene: Scene) -> None:
    """Words are ordinary words again."""
    _note(scene, None)


def _note(scene: Scene, state: str | None) -> None:
    people.set_onboarding(scene.session, scene.person.id, state)
    scene.person = replace(scene.person, onboarding=state)
