"""What a rehearsal is: two partners, one talk, three lines each, and who is to move."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

TURNS = 3
"""So many lines has each of the two in a round."""
ROUNDS = 2
"""Each of the two practises once; the second round is theirs to leave out."""
SPAN = timedelta(hours=24)
"""So long whoever is to move has, from when they are told."""


class Phase(StrEnum):
    """Asked; talking; a card is to be written; may be swapped; over."""

    INVITED = "invited"
    TALKING = "talking"
    CARD = "card"
    SWAP = "swap"
    ENDED = "ended"


class Ending(StrEnum):
    """Played to its end, "not today", time ran out, or stopped by somebody or something."""

    DONE = "done"
    DECLINED = "declined"
    EXPIRED = "expired"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One talk between two. `first` asked, and practises in the first round; `spoken` counts the
    lines of this round; whoever is to move has time until `until` (UTC)."""

    first: UUID
    second: UUID
    until: datetime
    phase: Phase = Phase.INVITED
    round: int = 1
    spoken: int = 0
    ending: Ending | None = None

    @property
    def is_live(self) -> bool:
        """Whether anything may still happen."""
        return self.phase is not Phase.ENDED

    @property
    def practises(self) -> UUID:
        """Who practises in this round."""
        return self.first if self.round == 1 else self.second

    @property
    def plays(self) -> UUID:
        """Who plays the other person in this round, and writes the card."""
        return self.other(self.practises)

    @property
    def mover(self) -> UUID | None:
        """Who is to move; None once it is over."""
        match self.phase:
            case Phase.INVITED | Phase.SWAP:
                return self.second
            case Phase.TALKING:
                return self.practises if self.spoken % 2 else self.plays
            case Phase.CARD:
                return self.plays
            case Phase.ENDED:
                return None

    @property
    def number(self) -> int:
        """Which of their lines is next for the mover, from 1."""
        return self.spoken // 2 + 1

    @property
    def place(self) -> int:
        """Where the next line stands among all lines of the rehearsal, from 0."""
        return (self.round - 1) * 2 * TURNS + self.spoken

    def other(self, person: UUID) -> UUID:
        """The other one of the two. KeyError for anybody else."""
        if person not in (self.first, self.second):
            raise KeyError("not one of these two")
        return self.second if person == self.first else self.first
