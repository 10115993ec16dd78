"""Accountability pairs: two members who know each other by alias, a promise a week, a few phrases.

The doors: `page` (/partner), `press` (buttons), `handle` (typed words), `RINGS` (due rows),
`leave` (discharge), `live`, `partner` (who it is), `ask_to_stay` (before a discharge). What staff
decide stands in `deciding`.
"""

from bot.usecases.pairs.doors import RINGS, handle, is_asked, leave, press, typed_words
from bot.usecases.pairs.own import VERB, are_on, live, partner
from bot.usecases.pairs.page import page
from bot.usecases.pairs.ways_out import ask_to_stay

__all__ = [
    "RINGS",
    "VERB",
    "are_on",
    "ask_to_stay",
    "handle",
    "is_asked",
    "leave",
    "live",
    "page",
    "partner",
    "press",
    "typed_words",
]
