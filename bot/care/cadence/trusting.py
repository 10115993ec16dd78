"""Whether the wall clock can be believed: it is held against a clock that only goes forward."""

from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(seconds=120)
"""The two clocks may differ by this much between two beats; more is a step."""
LEAP = timedelta(hours=1)
"""A step ahead by more than this must be confirmed by two steady beats."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One heartbeat as both clocks saw it: wall (UTC), and seconds of the monotonic clock."""

    wall: datetime
    steady: float


@dataclass(frozen=True, slots=True)
class Trust:
    """What to make of the clock at this beat. `step` is how far the wall clock jumped just now;
    anything may be sent only when `waits` is 0."""

    beat: Beat
    waits: int = 0
    step: timedelta = timedelta(0)

    @property
    def may_send(self) -> bool:
        """Whether due moments may be rung at this beat."""
        return self.waits == 0

    @property
    def jumped_back(self) -> bool:
        """Whether next moments must be worked out anew: they may lie far ahead of the clock."""
        return self.step < -STEP


def trust(before: Trust, beat: Beat) -> Trust:
    """Judges a beat by the one before it."""
    passed = timedelta(seconds=beat.steady - before.beat.steady)
    step = beat.wall - before.beat.wall - passed
    if abs(step) <= STEP:
        return Trust(beat, max(0, before.waits - 1))
    return Trust(beat, 2 if step > LEAP else 1, step)


def trust_again(own: Beat | None, last: Beat | None, beat: Beat) -> Trust:
    """Judges the first beat of a process by what was written down before it.

    `own` is the last beat under the same start of the same machine: there both clocks can be
    compared, however long we were away. `last` is the last beat of any: against it only a wall
    clock that went back can be noticed.
    """
    if own is not None and beat.steady >= own.steady:
        return trust(Trust(own), beat)
    step = beat.wall - last.wall if last is not None else timedelta(0)
    return Trust(beat) if step >= -STEP else Trust(beat, 1, step)
