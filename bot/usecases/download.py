"""A private page was opened, and its button pressed: the copy, once."""

from datetime import datetime

from sqlmodel import Session

from bot.store import page_links, people
from bot.usecases import export
from bot.usecases.kit import Kit


def language_of(session: Session, token: str, now: datetime) -> str | None:
    """The language of whoever the link is for; None when it is used, old or unknown."""
    person = page_links.peek(session, token, now)
    found = people.get(session, person) if person is not None else None
    return found.language if found is not None else None


def download(session: Session, token: str, now: datetime, kit: Kit) -> bytes | None:
    """Uses the link up and gives the ZIP; None when it was used, old or unknown."""
    person = page_links.spend(session, token, now)
    data = export.build(session, kit, person, now) if person is not None else None
    return export.packed(data, kit) if data is not None else None
