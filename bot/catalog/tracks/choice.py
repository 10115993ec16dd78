"""What a programme may choose for a track: within what the track's files leave open."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.exercise import ALWAYS, Exercise
from bot.catalog.tracks.overlay import Offer

Choices = Mapping[tuple[str, str], Offer]
"""What was chosen, by the name of a track and the id of an exercise."""
IN_LISTS = (Offer.CORE, Offer.AVAILABLE)


class Held(StrEnum):
    """Why not everything can be chosen for a track.

    ALWAYS: nothing closes it. FOLLOWS: another exercise brings it along. CORE: the file counts it
    to the core, so it cannot be hidden. CLOSED: the file holds it back; a therapist opens it for
    one person. PRESENT: the track stays with the present, and its file does not name it.
    """

    ALWAYS = "always"
    FOLLOWS = "follows"
    CORE = "core"
    CLOSED = "closed"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Latitude:
    """What can be chosen; () for nothing. `held` says why it is not everything."""

    offers: tuple[Offer, ...]
    held: Held | None = None


def latitude(exercise: Exercise, written: Offer | None, *, present_only: bool) -> Latitude:
    """How far a choice may go where the files say `written` (None: not listed).

    A choice never opens what a file holds back, and never hides a track's core or what keeps
    people safe: it only moves what is open anyway.
    """
    if exercise.modality in ALWAYS:
        return Latitude((), Held.ALWAYS)
    if exercise.needs:
        return Latitude((), Held.FOLLOWS)
    match written:
        case Offer.ADAPTED | Offer.HIDDEN:
            return Latitude((), Held.CLOSED)
        case Offer.CORE:
            return Latitude(IN_LISTS, Held.CORE)
        case Offer.AVAILABLE:
            return Latitude((*IN_LISTS, Offer.HIDDEN))
        case None if present_only:
            return Latitude((Offer.HIDDEN,), Held.PRESENT)
        case None:
            return Latitude((*IN_LISTS, Offer.HIDDEN))
