"""Which check-in belongs to whom: that of the group's track, else the one for everybody."""

from bot.catalog.load import Library
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
