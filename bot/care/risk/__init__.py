"""The risk screen: what a person wrote, read by rules that clinicians keep in phrase files."""

from bot.care.risk.finding import Finding, Hit
from bot.care.risk.screen import screen, screen_joined
from bot.catalog.risk import Flag, Rules, Tier

__all__ = [
    "Finding",
    "Flag",
    "Hit",
    "Rules",
    "Tier",
    "screen",
    "screen_joined",
]
