"""What a pair is: two people of one group, and where each of them stands."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    """Proposed by the rules, approved by the therapist, active once both said yes, paused while one
    of them pauses it or has reported it, ended for good."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    `muted`: wants to receive nothing from the other. `paused`: wants to rest; `reported`: told the
    therapist, so nothing passes until the therapist has looked. `left`: discharged; `stays`: would
    like to go on after the programme.
    """

    person: UUID
    accepted: bool = False
    muted: bool = False
    paused: bool = False
    reported: bool = False
    left: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who support each other, or may."""

    first: Side
    second: Side
    state: State = State.PROPOSED

    @property
    def people(self) -> frozenset[UUID]:
        """Both."""
        return frozenset({self.first.person, self.second.person})

    @property
    def is_live(self) -> bool:
        """Whether neither of them can be in another pair."""
        return self.state is not State.ENDED

    def side(self, person: UUID) -> Side:
        """Where one of them stands. KeyError for anybody else."""
        for each in (self.first, self.second):
            if each.person == person:
                return each
        raise KeyError("not one of these two")

    def other(self, person: UUID) -> Side:
        """Where the other one stands. KeyError for anybody else."""
        return self.second if self.side(person) is self.first else self.first

    def reaches(self, receiver: UUID) -> bool:
        """Whether anything may pass to this one of the two now."""
        return self.state is State.ACTIVE and not self.side(receiver).muted

    def changed(self, person: UUID, **changes: Any) -> "Pair":
        """The pair with one side changed."""
        side = replace(self.side(person), **changes)
        if side.person == self.first.person:
            return replace(self, first=side)
        return replace(self, second=side)


def ordered(one: UUID, another: UUID) -> tuple[UUID, UUID]:
    """The two in the one order in which a pair is kept."""
    return (one, another) if one < another else (another, one)
