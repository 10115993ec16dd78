"""Whether a clinician has read an exercise: its file says so, or somebody signed it on the page.

A signature counts for one wording. A file that changes is unreviewed again until it is read anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.tracks import Adapted
from bot.store import groups, reviews, staff
from bot.store.reviews import Signature
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """By whom and on which day; `here` says that it was signed on the page, not in the file."""

    by: str
    on: date
    here: bool


def is_reviewed(session: Session, kit: Kit, exercise: Exercise) -> bool:
    """Whether it is, as a track makes it as well: the signature is for what the file says."""
    if exercise.review.status == REVIEWED:
        return True
    return has_signature(_plain(kit, exercise), reviews.of_exercise(session, exercise.id))


def is_required(session: Session) -> bool:
    """Whether the programme offers no exercise that nobody has read."""
    programme = groups.programme(session)
    return programme is not None and programme.reviewed_only


def has_signature(exercise: Exercise, signatures: Iterable[Signature]) -> bool:
    """Whether one of these is for this very wording."""
    return any(each.revision == exercise.revision for each in signatures)


def review_of(session: Session, kit: Kit, exercise: Exercise, zone: str) -> Reviewed | None:
    """Who has read it and on which day (in an IANA zone); None while nobody has."""
    review = exercise.review
    if review.status == REVIEWED and review.by is not None and review.on is not None:
        return Reviewed(review.by, review.on, here=False)
    for each in reviews.of_exercise(session, exercise.id):
        if each.revision == exercise.revision:
            by = staff.get(session, kit.vault, each.by)
            on = each.at.astimezone(ZoneInfo(zone)).date()
            return Reviewed(by.name if by is not None else "", on, here=True)
    return None


def changed_since(session: Session, exercise: Exercise) -> datetime | None:
    """When an earlier wording of an exercise was signed that is unreviewed now; else None."""
    signatures = reviews.of_exercise(session, exercise.id)
    if exercise.review.status == REVIEWED or has_signature(exercise, signatures):
        return None
    return max((each.at for each in signatures), default=None)


def sign(scene: Scene, exercise: Exercise, revision: str) -> bool:
    """Signs it with the name of whoever acts and today's date. False where the file has changed
    since they read it. `revision` is that of the page they read."""
    if revision != exercise.revision:
        return False
    if reviews.sign(scene.session, exercise.id, revision, scene.person.id, scene.now):
        scene.record("review.signed", None, exercise.id)
    return True


def take_back(scene: Scene, exercise: Exercise) -> None:
    """It is a draft again for everybody."""
    if reviews.take_back(scene.session, exercise.id, exercise.revision):
        scene.record("review.taken_back", None, exercise.id)


def _plain(kit: Kit, exercise: Exercise) -> Exercise:
    if not isinstance(exercise, Adapted):
        return exercise
    return kit.library.find(exercise.id) or exercise
