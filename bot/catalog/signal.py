"""Answers that somebody has to hear of."""

from enum import StrEnum

from bot.catalog.condition import Condition
from bot.catalog.steps.base import Part, StepId


class Tier(StrEnum):
    """How soon: `crisis` now, `concern` on the same day."""

    CONCERN = "concern"
    CRISIS = "crisis"


class Signal(Part):
    """Raised as soon as the condition holds, and once until the answer is changed. `reason` is its
    id, never words. A concern for `today` goes to whoever is on call where the office opens on
    another day only."""

    reason: StepId
    tier: Tier
    today: bool = False
    when: Condition
