"""Words of danger typed into the chat of the staff: help first, and what does not happen here."""

from bot.care.risk import Tier, screen
from bot.usecases import help_now
from bot.usecases.scene import Scene


def typed(scene: Scene, text: str) -> bool:
    """Answers them, about themselves or a participant; False for all other words. Nobody is told:
    what staff type is no alert, and they must not think that it is."""
    if screen(text, scene.kit.rules).tier is not Tier.CRISIS:
        return False
    scene.say("staff/in_danger")
    help_now.help_now(scene)
    return True
