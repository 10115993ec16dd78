"""Telegram on a laptop: an emulator of the Bot API and a page with phones."""

from bot.playground.errors import RealTokenError
from bot.playground.faults import Fault, Faults
from bot.playground.person import Person
from bot.playground.server import Playground

__all__ = ["Fault", "Faults", "Person", "Playground", "RealTokenError"]
