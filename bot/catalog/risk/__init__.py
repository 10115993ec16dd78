"""What the risk phrase files say, made ready for screening; pure."""

from bot.catalog.risk.kinds import Flag, Tier
from bot.catalog.risk.rules import Family, Rules

__all__ = ["Family", "Flag", "Rules", "Tier"]
