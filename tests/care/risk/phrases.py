"""What the phrases say by themselves, without the net under them."""

from bot.care.risk import Rules, Tier, screen
from bot.care.risk.screen import NET


def by_phrases(text: str, rules: Rules) -> Tier:
    """The tier by phrases alone: what only the net finds may be lost at its next fit."""
    hits = screen(text, rules).hits
    return max((hit.tier for hit in hits if hit.family != NET), default=Tier.NONE)
