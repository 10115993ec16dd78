"""Messages on their way: queued with what caused them, claimed in order, and never guessed about.

A lane is the messages to one person. Only its head may be sent; an alert passes everything else.
"""

from bot.store.outbox.claims import claim
from bot.store.outbox.letters import RESENDS, Kind, Letter, Parcel, Policy, State
from bot.store.outbox.queue import (
    asked_in,
    blank_bodies,
    bring_forward,
    call_off,
    counts,
    drop_redraws,
    enqueue,
    sent_in,
    shown_in,
    status,
)
from bot.store.outbox.results import failed, later, recover, sent, unknown, unreachable

__all__ = [
    "RESENDS",
    "Kind",
    "Letter",
    "Parcel",
    "Policy",
    "State",
    "asked_in",
    "blank_bodies",
    "bring_forward",
    "call_off",
    "claim",
    "counts",
    "drop_redraws",
    "enqueue",
    "failed",
    "later",
    "recover",
    "sent",
    "sent_in",
    "shown_in",
    "status",
    "unknown",
    "unreachable",
]
