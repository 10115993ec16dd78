"""Two partners practise a talk: what can happen, and in which order. Pure; knows no clock."""

from bot.care.rehearsal.gentle import gentler
from bot.care.rehearsal.rehearsal import ROUNDS, SPAN, TURNS, Ending, Phase, Rehearsal
from bot.care.rehearsal.steps import (
    Agree,
    Decline,
    Enough,
    Expire,
    GiveCard,
    Speak,
    Step,
    Stop,
    Swap,
    after,
)

__all__ = [
    "ROUNDS",
    "SPAN",
    "TURNS",
    "Agree",
    "Decline",
    "Ending",
    "Enough",
    "Expire",
    "GiveCard",
    "Phase",
    "Rehearsal",
    "Speak",
    "Step",
    "Stop",
    "Swap",
    "after",
    "gentler",
]
