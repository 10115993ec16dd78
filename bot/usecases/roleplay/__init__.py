"""Two partners practise a talk by phone, three lines each, then a card; and a quiet minute.

The doors: `partner_page` (/partner, with what can be done together), `press_pair` (buttons of the
pair), `press` (buttons of a rehearsal), `handle` (typed words), `heed` (after anything that may end
it), `leave` (discharge), `way_back` (whose move it is), `RINGS` (due rows).
"""

from bot.usecases.roleplay.doors import (
    RINGS,
    handle,
    heed,
    is_asked,
    leave,
    partner_page,
    press,
    press_pair,
    typed_words,
    way_back,
)
from bot.usecases.roleplay.own import VERB

__all__ = [
    "RINGS",
    "VERB",
    "handle",
    "heed",
    "is_asked",
    "leave",
    "partner_page",
    "press",
    "press_pair",
    "typed_words",
    "way_back",
]
