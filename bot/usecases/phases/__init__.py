"""The way through the programme: step-down, discharge, alumni, and back in again."""

from bot.usecases.phases.verbs import ALUMNI_VERBS, VERBS

__all__ = ["ALUMNI_VERBS", "VERBS"]
