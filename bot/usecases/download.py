"""A private page was opened, and its button pressed: the copy, once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from bot.store import page_links, people
from bot.usecases import export
from bot.usecases.kit import Kit
from bot.usecases.phases import handover


def language_of(session: Session, token: str, now: datetime) -> str | None:
    """The language of whoever the link is for; None when it is used, old or unknown."""
    person = page_links.peek(session, token, now)
    found = people.get(session, person) if person is not None else None
    return found.language if found is not None else None


def download(session: Session, token: str, now: datetime, kit: Kit) -> Callable[[], bytes] | None:
    """Uses the link up and gives what makes the ZIP, to be called once the transaction is over: for
    a year of entries it takes a second. None when the link was used, old or unknown."""
    spent = page_links.spend(session, token, now)
    return gather(session, kit, spent.person, spent.purpose, now) if spent is not None else None


def gather(
    session: Session, kit: Kit, person: UUID, what: str, now: datetime
) -> Callable[[], bytes] | None:
    """Reads what a file of this kind holds; what it gives makes the ZIP without the database."""
    match what:
        case export.WHAT:
            data = export.build(session, kit, person, now)
            return None if data is None else partial(export.packed, data, kit)
        case handover.WHAT:
            page = handover.build(session, kit, person, now)
            return None if page is None else partial(handover.packed, page, kit)
    return None
