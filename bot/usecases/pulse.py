"""Our own heartbeat is written down, so that the time in which we were down is known.

It is nobody's silence, and nothing piles up in it: see `care.cadence`.
"""

from datetime import timedelta

from sqlmodel import Session

from bot.care.cadence import Beat, Trust, outage, trust_again
from bot.store import dues, outages, outbox
from bot.usecases.briefing import BRIEF, DIGEST
from bot.usecases.probe import PROBE
from bot.usecases.timetable import FOLLOW, PURPOSES
from bot.usecases.timetable.keep import AGAIN

BACK = timedelta(minutes=2)
"""A clock that stands further behind its last beat than this was put back."""


def resume(session: Session, now: Beat, boot: int) -> Trust:
    """What to make of the clock at the first beat of a process; `boot` names this start of this
    machine."""
    own, last = (outages.last_beat(session, each) for each in (boot, outages.ANY))
    return trust_again(own, last, now)


def beat(
    session: Session, now: Beat, moved: timedelta = timedelta(0), boot: int = outages.ANY
) -> None:
    """Keeps a beat that was believed. `moved` is how far the clock was moved on purpose since the
    last one (in the playground), which is no outage."""
    last = outages.last_beat(session)
    if last is not None:
        before = last.wall + moved
        down = outage(before, now.wall)
        if down is not None:
            outages.add(session, down)
        if before - now.wall > BACK:
            # What was planned by the clock that was wrong lies too far ahead.
            outages.forget_ahead(session, now.wall)
            dues.bring_forward(session, (*PURPOSES, AGAIN, FOLLOW, PROBE, DIGEST, BRIEF), now.wall)
            outbox.bring_forward(session, now.wall)
    outages.set_beat(session, now, boot)
