"""What a text can be said to be (tiers), and what can be said about a hit (flags)."""

from enum import Enum, StrEnum
from functools import total_ordering


@total_ordering
class Tier(Enum):
    """How soon a human should look (clinical notes, section D2). Ordered: the higher one wins."""

    NONE = "none"
    CONCERN = "concern"
    CRISIS = "crisis"

    __hash__ = object.__hash__  # there is one of each; Enum's own is a step of Python's

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Tier):
            return NotImplemented
        return _RANK[self] < _RANK[other]


_RANK = {tier: rank for rank, tier in enumerate(Tier)}


class Flag(StrEnum):
    """What the words around a hit say about it; shown to the clinician beside the hit."""

    NEGATED = "negated"
    PAST = "past"
    THIRD_PERSON = "third_person"
    JOKING = "joking"
    QUOTED = "quoted"
    CONDITIONAL = "conditional"
    EVERYDAY = "everyday"
    """Errands and plans of an ordinary day stand beside it."""
