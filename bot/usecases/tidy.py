"""What need not be kept is not kept: words long read, ids of updates long seen, links that
are over. And what must come back every day is planned anew: the probes of the ways to
the staff, the looks for who is quiet, what therapists are told before a session and once a week."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.store import outages, outbox, page_links, recent, shown_buttons, trials, updates
from bot.usecases import briefing, probe, silence
from bot.usecases.office import sessions, signing_in

SEEN = timedelta(hours=72)
"""Telegram repeats an update for a day at most; ids begin anew after a week of silence."""

BEATS = timedelta(days=30)
"""A machine that was started anew meanwhile does not ask for the beat of its last start."""
TRIED = timedelta(hours=24)
"""An exercise that a reviewer tried and left is not kept longer."""

SHOWN = timedelta(hours=24)
"""What was shown so long ago is not answered by typing."""


def tidy(session: Session, now: datetime) -> None:
    """Runs every hour; doing it twice does nothing more."""
    outbox.blank_bodies(session)
    updates.forget_seen(session, now - SEEN)
    trials.forget(session, now - TRIED)
    recent.forget(session, now - recent.MINUTE)
    shown_buttons.forget(session, now - SHOWN)
    outages.forget_beats(session, now - BEATS)
    probe.plan(session, now)
    silence.plan(session, now)
    briefing.plan(session, now)
    page_links.forget_over(session, now)
    signing_in.tidy(session, now)
    sessions.tidy(session, now)
