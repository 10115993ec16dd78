"""Somebody changed their own hours: what is sent by itself follows."""

from bot.usecases import timetable
from bot.usecases.scene import Scene

SETTING = "set."
"""How `participant.onboarding` begins while /settings has a question open."""


def changed(scene: Scene) -> None:
    """Moves the schedules; during the first steps there are none yet."""
    step = scene.person.onboarding
    if step is None or step.startswith(SETTING):
        follow(scene)


def follow(scene: Scene) -> None:
    """Brings the schedules in line with what the person chose."""
    timetable.follow(timetable.Known(scene.session, scene.kit, scene.person, scene.now))
