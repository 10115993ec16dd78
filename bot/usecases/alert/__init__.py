"""Somebody may need a human now: an alert is kept, goes to whoever is there, and goes up."""

from bot.usecases.alert.handing_on import HandedOn, hand_on, let_go, look_again
from bot.usecases.alert.naming import item, when
from bot.usecases.alert.opened import VIEWED, named, viewed_at, whose
from bot.usecases.alert.raising import Raised, note_altered, raise_alert, send
from bot.usecases.alert.taking import (
    LONGEST_NOTE,
    close,
    has_open,
    is_note,
    may_see,
    person_left,
    take,
    was_told,
)
from bot.usecases.alert.truth import said
from bot.usecases.alert.way import ESCALATE, Coming, coming, escalate, hasten

__all__ = [
    "ESCALATE",
    "LONGEST_NOTE",
    "VIEWED",
    "Coming",
    "HandedOn",
    "Raised",
    "close",
    "coming",
    "escalate",
    "hand_on",
    "has_open",
    "hasten",
    "is_note",
    "item",
    "let_go",
    "look_again",
    "may_see",
    "named",
    "note_altered",
    "person_left",
    "raise_alert",
    "said",
    "send",
    "take",
    "viewed_at",
    "was_told",
    "when",
    "whose",
]
