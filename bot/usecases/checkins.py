"""Which check-in belongs to whom: that of the group's track, else the one for everybody."""

from sqlmodel import Session

from bot.catalog.load import Library
from bot.store import groups, members
from bot.store.people import Participant
from bot.usecases.kit import Kit
from bot.usecases.offering import check_in_of

CORE = "check.core"


def checkin_for(library: Library, track: str | None) -> str:
    """The id of the check-in for a track, as its overlay says; where there is no overlay of that
    name, the one that is called like it ("addiction" → "check.addiction")."""
    overlaid = library.tracks.find(track)
    if overlaid is not None:
        return check_in_of(library, overlaid)
    own = f"check.{track}"
    return own if track and library.find(own) is not None else CORE


def checkin_of(session: Session, kit: Kit, person: Participant) -> str:
    """The id of this person's check-in, by the track of their group."""
    member = members.get(session, kit.vault, person.id)
    group = groups.group(session, member.group) if member is not None else None
    return checkin_for(kit.library, group.track if group is not None else None)
