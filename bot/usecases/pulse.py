"""Our own heartbeat is written down, so that the time in which we were down is known.

It is nobody's silence, and nothing piles up in it: see `care.cadence`.
"""

from datetime import timedelta

from sqlmodel import Session

from bot.care.cadence import Beat, Trust, outage, trust_again
from bot.store import dues, mail, outages, outbox
from bot.store.erasure import ERASE
from bot.usecases.alert import ESCALATE
from bot.usecases.briefing import BRIEF, DIGEST
from bot.usecases.probe import PROBE
from bot.usecases.silence import LOOK
from bot.usecases.timetable import FOLLOW, PURPOSES
from bot.usecases.timetable.keep import AGAIN

LOOKED_AT_ANEW = (*PURPOSES, AGAIN, FOLLOW, PROBE, DIGEST, BRIEF, LOOK, ESCALATE, ERASE)
"""The kinds of due rows that ring at once when the clock was put back. Each looks for itself
whether it is time; only whoever deleted everything is forgotten then, some seconds early."""
BACK = timedelta(minutes=2)
"""A clock that stands further behind its last beat than this was put back."""


def resume(session: Session, now: Beat, boot: int) -> Trust:
    """What to make of the clock at the first beat of a process; `boot` names this start of this
    machine."""
    own, last = (outages.last_beat(session, each) for each in (boot, outages.ANY))
    return trust_again(own, last, now)


def beat(
    session: Session,
    now: Beat,
    moved: timedelta = timedelta(0),
    boot: int = outages.ANY,
    *,
    went_back: bool = False,
) -> None:
    """Keeps a beat that was believed. `moved` is how far the clock was moved on purpose since the
    last one (in the playground), which is no outage; `went_back` whether it was put back since,
    also from where it was never believed: people wrote to us all the same."""
    last = outages.last_beat(session)
    if last is not None:
        before = last.wall + moved
        down = outage(before, now.wall)
        if down is not None:
            outages.add(session, down)
        if went_back or before - now.wall > BACK:
            # What was planned by the clock that was wrong lies too far ahead.
            outages.forget_ahead(session, now.wall)
            dues.bring_forward(session, LOOKED_AT_ANEW, now.wall)
            for several in (outbox, mail):
                several.bring_forward(session, now.wall)
    outages.set_beat(session, now, boot)
