"""Somebody changed their own hours: what is sent by itself follows."""

from bot.usecases import asked, timetable
from bot.usecases.scene import Scene


def changed(scene: Scene) -> None:
    """Moves the schedules; during the first steps there are none yet."""
    if not asked.is_arriving(scene.person):
        follow(scene)


def follow(scene: Scene) -> None:
    """Brings the schedules in line with what the person chose."""
    timetable.follow(timetable.Known(scene.session, scene.kit, scene.person, scene.now))
