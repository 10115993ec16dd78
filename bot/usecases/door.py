"""Somebody without a valid invitation: one polite answer a day, and nothing of theirs is kept."""

from datetime import timedelta

from bot.store import dues, strangers
from bot.usecases.scene import Scene

FORGET = "forget"
"""The kind of due row that forgets a stranger again."""
DAY = timedelta(hours=24)


def knock(scene: Scene) -> None:
    """Says once a day whom this is for and whom to ask; a day later the person is forgotten."""
    if not strangers.first_today(scene.session, scene.person.id, scene.now, DAY):
        return
    scene.say("door")
    at = scene.now + DAY
    dues.set_due(
        *(scene.session, scene.person.id, FORGET, None, None, at),
        f"forget.{scene.person.id.hex}",
        scene.now,
    )
