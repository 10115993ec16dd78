"""A clinician chooses what a diary follows for one person."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.exercise import OWN, Exercise
from bot.catalog.problem import did_you_mean
from bot.errors import BetweenError
from bot.store import audit, targets
from bot.store.targets import Chosen
from bot.usecases.kit import Kit

MOST_OWN = 6
LONGEST_OWN = 60
"""A target in own words stands above its rating; a few words are enough."""


def choose(
    session: Session,
    kit: Kit,
    person: UUID,
    exercise: Exercise,
    follow: tuple[str, ...],
    own: tuple[str, ...],
    by: UUID | None,
    now: datetime,
) -> None:
    """Follows exactly these from the next entry on; the person finds it in /who.

    Raises BetweenError for unknown targets and own words that do not fit.
    """
    known = [each.id for each in exercise.targets if each.id != OWN]
    for name in follow:
        if name not in known:
            hint = did_you_mean(name, known)
            raise BetweenError(f"{exercise.id} has no target “{name}”.{hint}")
    words = tuple(dict.fromkeys(each.strip() for each in own))
    if len(words) > MOST_OWN or any(not 1 <= len(each) <= LONGEST_OWN for each in words):
        raise BetweenError(
            f"At most {MOST_OWN} targets in own words, each of {LONGEST_OWN} characters at most."
        )
    if not follow and not words:
        raise BetweenError("A diary follows at least one target.")
    chosen = Chosen(targets=tuple(dict.fromkeys(follow)), own=words)
    targets.choose(session, kit.vault, person, exercise.id, chosen, by, now)
    audit.write(session, actor=by, subject=person, action="targets.chosen", reason="care", now=now)
