"""What can happen in a rehearsal. What is not allowed changes nothing.

Invariants, looked at by tests/care/test_rehearsal.py:
 1  Nothing passes before the second one said yes.
 2  Only whoever is to move can move; in a round the two speak in turn, three lines each.
 3  A card is written once a round, after its last line, by whoever played the other person.
 4  Either can stop at any moment; only the clock can expire it, and not before its time.
 5  What has ended stays as it is.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from bot.care.rehearsal.rehearsal import ROUNDS, SPAN, TURNS, Ending, Phase, Rehearsal


@dataclass(frozen=True, slots=True)
class Agree:
    """The second one would like to."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Decline:
    """Not today."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Speak:
    """Whoever is to move says their line."""

    person: UUID


@dataclass(frozen=True, slots=True)
class GiveCard:
    """Whoever played the other person gives their card."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Swap:
    """The second one would like to practise as well."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Enough:
    """One round was enough for the second one."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Stop:
    """One of the two stops, or the pair is not what it was."""


@dataclass(frozen=True, slots=True)
class Expire:
    """The time of whoever is to move is over, if it is."""


Step = Agree | Decline | Speak | GiveCard | Swap | Enough | Stop | Expire


def after(rehearsal: Rehearsal, step: Step, now: datetime, told_at: datetime) -> Rehearsal:
    """The rehearsal after a step. `told_at` (UTC) is when whoever moves next will be told of it:
    their day begins then. A move that comes too late finds it expired."""
    if not rehearsal.is_live:
        return rehearsal
    match step:
        case Stop():
            return _ended(rehearsal, Ending.STOPPED)
        case Expire():
            is_over = now >= rehearsal.until
            return _ended(rehearsal, Ending.EXPIRED) if is_over else rehearsal
    if step.person != rehearsal.mover:
        return rehearsal
    if now >= rehearsal.until:
        return _ended(rehearsal, Ending.EXPIRED)
    moved = _moved(rehearsal, step)
    if moved == rehearsal or not moved.is_live:
        return moved
    return replace(moved, until=max(told_at, now) + SPAN)


def _moved(at: Rehearsal, step: Agree | Decline | Speak | GiveCard | Swap | Enough) -> Rehearsal:
    match step:
        case Agree() if at.phase is Phase.INVITED:
            return replace(at, phase=Phase.TALKING)
        case Decline() if at.phase is Phase.INVITED:
            return _ended(at, Ending.DECLINED)
        case Speak() if at.phase is Phase.TALKING:
            spoken = at.spoken + 1
            return replace(
                at, spoken=spoken, phase=Phase.CARD if spoken == 2 * TURNS else Phase.TALKING
            )
        case GiveCard() if at.phase is Phase.CARD:
            last = at.round == ROUNDS
            return _ended(at, Ending.DONE) if last else replace(at, phase=Phase.SWAP)
        case Swap() if at.phase is Phase.SWAP:
            return replace(at, phase=Phase.TALKING, round=at.round + 1, spoken=0)
        case Enough() if at.phase is Phase.SWAP:
            return _ended(at, Ending.DONE)
        case Agree() | Decline() | Speak() | GiveCard() | Swap() | Enough():
            return at
        case _:
            assert_never(step)


def _ended(rehearsal: Rehearsal, ending: Ending) -> Rehearsal:
    return replace(rehearsal, phase=Phase.ENDED, ending=ending)
