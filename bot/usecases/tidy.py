"""What need not be kept is not kept: words of messages long sent, ids of updates long seen,
links that are over."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.store import outbox, page_links, updates

SENT_WORDS = timedelta(hours=24)
"""After this the words of a sent message are blanked; that it was sent remains."""
SEEN = timedelta(hours=72)
"""Telegram repeats an update for a day at most; ids begin anew after a week of silence."""


def tidy(session: Session, now: datetime) -> None:
    """Runs every hour; doing it twice does nothing more."""
    outbox.blank_bodies(session, now - SENT_WORDS)
    updates.forget_seen(session, now - SEEN)
    page_links.forget_over(session, now)
