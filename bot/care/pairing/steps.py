"""What can happen to a pair. Nothing that is not allowed changes anything.

Invariants, held by every step and looked at by tests/care/test_pairing_machine.py:
 1  A pair that ended stays ended; it changes no more.
 2  Nobody is in two live pairs (the caller's part; the database refuses it as well).
 3  Only a pair that was approved can be accepted; only a pair both accepted is active or paused.
 4  Something may pass to somebody only while the pair is active and they have not muted it.
 5  A pair is paused exactly while one of the two pauses it or has reported it.
 6  One of the two alone can end it, at any moment, and so can the therapist.
 7  Who was discharged is in a live pair only where both said that they want to go on.
 8  What one of the two muted, paused or reported, the other one cannot lift.
"""

from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from bot.care.pairing.pair import Pair, State


@dataclass(frozen=True, slots=True)
class Approve:
    """The therapist thinks the two fit."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The therapist takes it back: another one is wanted, or it has to end."""


@dataclass(frozen=True, slots=True)
class Clear:
    """The therapist has looked at a report; the two may go on."""


@dataclass(frozen=True, slots=True)
class Accept:
    """One of the two would like to."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Mute:
    """One of the two wants to receive nothing (`on`), or again something."""

    person: UUID
    on: bool = True


@dataclass(frozen=True, slots=True)
class Rest:
    """One of the two pauses the pair (`on`), or goes on with it."""

    person: UUID
    on: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """One of the two tells the therapist that something is wrong."""

    person: UUID


@dataclass(frozen=True, slots=True)
class End:
    """One of the two says no, goes, asks for another partner, blocks the other, or is erased."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Stay:
    """One of the two would like to go on after the programme (`on`), or not."""

    person: UUID
    on: bool = True


@dataclass(frozen=True, slots=True)
class Leave:
    """One of the two is discharged."""

    person: UUID


Step = Approve | Withdraw | Clear | Accept | Mute | Rest | Report | End | Stay | Leave


def after(pair: Pair, step: Step) -> Pair:
    """The pair after a step; as it was where the step is not allowed."""
    if pair.state is State.ENDED:
        return pair
    match step:
        case Approve():
            is_new = pair.state is State.PROPOSED
            return replace(pair, state=State.APPROVED) if is_new else pair
        case Withdraw() | End():
            return replace(pair, state=State.ENDED)
        case Clear():
            cleared = pair.changed(pair.first.person, reported=False)
            return _settled(cleared.changed(cleared.second.person, reported=False))
        case Accept(person):
            asked = pair.state is State.APPROVED
            return _settled(pair.changed(person, accepted=True)) if asked else pair
        case Mute(person, on):
            return pair.changed(person, muted=on) if _is_on(pair) else pair
        case Rest(person, on):
            return _settled(pair.changed(person, paused=on)) if _is_on(pair) else pair
        case Report(person):
            return _settled(pair.changed(person, reported=True)) if _is_on(pair) else pair
        case Stay(person, on):
            return _settled(pair.changed(person, stays=on)) if _is_on(pair) else pair
        case Leave(person):
            return _settled(pair.changed(person, left=True))
        case _:
            assert_never(step)


def _is_on(pair: Pair) -> bool:
    """Whether both have said yes."""
    return pair.state in (State.ACTIVE, State.PAUSED)


def _settled(pair: Pair) -> Pair:
    """The state that follows from where the two stand."""
    sides = (pair.first, pair.second)
    both_stay = all(each.stays for each in sides)
    if any(each.left for each in sides) and not both_stay:
        return replace(pair, state=State.ENDED)
    if not all(each.accepted for each in sides):
        return pair
    rests = any(each.paused or each.reported for each in sides)
    return replace(pair, state=State.PAUSED if rests else State.ACTIVE)
