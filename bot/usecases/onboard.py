"""A newcomer was confirmed: the first steps."""

from bot.usecases import pages
from bot.usecases.scene import Scene


def begin(scene: Scene) -> None:
    """Welcomes them."""
    pages.start(scene)
