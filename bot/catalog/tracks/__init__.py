"""Tracks: what a group's programme changes in exercises whose core stays locked."""

from bot.catalog.tracks.adapted import Adapted, Overlaid
from bot.catalog.tracks.choice import Choices, Held, Latitude
from bot.catalog.tracks.merge import merge
from bot.catalog.tracks.overlay import Offer, Overlay
from bot.catalog.tracks.track import CAUTIOUS, Track

__all__ = [
    "CAUTIOUS",
    "Adapted",
    "Choices",
    "Held",
    "Latitude",
    "Offer",
    "Overlaid",
    "Overlay",
    "Track",
    "merge",
]
