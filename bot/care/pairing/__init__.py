"""Who may support whom: pairs, what can happen to them, who fits. Pure; knows no clock."""

from bot.care.pairing.pair import Pair, Side, State, ordered
from bot.care.pairing.proposing import SAME, Age, Candidate, Proposal, Reason, fits, propose
from bot.care.pairing.steps import (
    Accept,
    Approve,
    Clear,
    End,
    Leave,
    Mute,
    Report,
    Rest,
    Stay,
    Step,
    Withdraw,
    after,
)

__all__ = [
    "SAME",
    "Accept",
    "Age",
    "Approve",
    "Candidate",
    "Clear",
    "End",
    "Leave",
    "Mute",
    "Pair",
    "Proposal",
    "Reason",
    "Report",
    "Rest",
    "Side",
    "State",
    "Stay",
    "Step",
    "Withdraw",
    "after",
    "fits",
    "ordered",
    "propose",
]
