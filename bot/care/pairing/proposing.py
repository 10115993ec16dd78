"""Who fits whom, and why: the same people always give the same proposals.

Nobody is proposed to anybody of another group, to two people at once, to somebody one of the two
blocked, or, where one is a minor, to an adult. What people wish about gender holds for both.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from bot.care.pairing.pair import ordered

NEAR = 60
"""Minutes that two check-in times may lie apart and still be common."""
DAY = 24 * 60
SAME = "same"
"""The wish for a partner of one's own gender."""


class Age(StrEnum):
    """Whoever may be either is proposed to nobody."""

    ADULT = "adult"
    MINOR = "minor"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why two people may fit; each counts for so much (`WEIGHT`)."""

    HOURS = "hours"
    INTERESTS = "interests"
    GOALS = "goals"
    LANGUAGE = "language"


WEIGHT = {Reason.HOURS: 3, Reason.INTERESTS: 2, Reason.GOALS: 2, Reason.LANGUAGE: 1}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may get a partner.

    `hours` are their check-in times in minutes after midnight UTC; `gender` "" if untold;
    `with_gender` a gender, `SAME`, or "" for any; `asked` that they asked for a partner.
    """

    person: UUID
    group: UUID
    hours: tuple[int, ...] = ()
    language: str = ""
    age: Age = Age.ADULT
    gender: str = ""
    with_gender: str = ""
    interests: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people in the order in which a pair is kept, and how many of each reason they share."""

    two: tuple[UUID, UUID]
    reasons: tuple[tuple[Reason, int], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons as they are kept: "hours.2"."""
        return tuple(f"{reason}.{count}" for reason, count in self.reasons)


def propose(
    candidates: Collection[Candidate], never: Collection[frozenset[UUID]]
) -> tuple[Proposal, ...]:
    """Proposals for people without a partner, the best first; each person at most once.

    `never` holds the twos that must not be proposed: blocks, and who was tried of late.
    """
    taken: set[UUID] = set()
    chosen = []
    for _, proposal in sorted(_possible(candidates, frozenset(never)), key=lambda each: each[0]):
        if taken.isdisjoint(proposal.two):
            taken.update(proposal.two)
            chosen.append(proposal)
    return tuple(chosen)


def _possible(
    candidates: Collection[Candidate], never: frozenset[frozenset[UUID]]
) -> Iterator[tuple[tuple[int, int, tuple[UUID, UUID]], Proposal]]:
    for one, other in combinations(candidates, 2):
        if not fits(one, other) or frozenset({one.person, other.person}) in never:
            continue
        reasons = shared(one, other)
        if reasons:
            two = ordered(one.person, other.person)
            worth = sum(WEIGHT[reason] * count for reason, count in reasons)
            # Who asked comes first, then who shares most; the ids settle what is left.
            yield (-(one.asked + other.asked), -worth, two), Proposal(two, reasons)


def fits(one: Candidate, other: Candidate) -> bool:
    """Whether nothing speaks against these two."""
    if one.person == other.person or one.group != other.group:
        return False
    if Age.UNKNOWN in (one.age, other.age) or one.age != other.age:
        return False
    return _welcome(one, other) and _welcome(other, one)


def _welcome(one: Candidate, other: Candidate) -> bool:
    wanted = one.gender if one.with_gender == SAME else one.with_gender
    if one.with_gender == SAME and not one.gender:
        return False
    return not wanted or other.gender == wanted


def shared(one: Candidate, other: Candidate) -> tuple[tuple[Reason, int], ...]:
    """What these two have in common, and how much of it."""
    common = {
        Reason.HOURS: _common_hours(one.hours, other.hours),
        Reason.INTERESTS: len(one.interests & other.interests),
        Reason.GOALS: len(one.goals & other.goals),
        Reason.LANGUAGE: int(bool(one.language) and one.language == other.language),
    }
    return tuple((reason, count) for reason, count in common.items() if count)


def _common_hours(mine: tuple[int, ...], theirs: tuple[int, ...]) -> int:
    """How many of the one's times have one of the other's near; the same whoever is asked."""

    def near(these: tuple[int, ...], those: tuple[int, ...]) -> int:
        return sum(any(_apart(each, other) <= NEAR for other in those) for each in these)

    return min(near(mine, theirs), near(theirs, mine))


def _apart(one: int, other: int) -> int:
    return min((one - other) % DAY, (other - one) % DAY)
