"""What staff gave with one tap: a workshop to a whole group, or to one person of it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from bot.catalog.text import Text
from bot.store import enrolments
from bot.store.enrolments import Enrolment


@dataclass(frozen=True, slots=True)
class Gift:
    """The enrolments of one tap that are neither over nor left."""

    group: UUID
    enrolments: tuple[Enrolment, ...]

    @property
    def id(self) -> UUID:
        """What a button names it by: the first of its enrolments."""
        return self.enrolments[0].id

    @property
    def workshop(self) -> str:
        """Which workshop."""
        return self.enrolments[0].workshop

    @property
    def at(self) -> datetime:
        """When."""
        return self.enrolments[0].created_at

    @property
    def person(self) -> UUID | None:
        """Whom, where it is one person who has it."""
        return self.enrolments[0].person if len(self.enrolments) == 1 else None


def gifts(session: Session, group: UUID) -> list[Gift]:
    """What the people of a group have from staff now, the newest first."""
    given = enrolments.given_in(session, group)
    # One tap has one moment; they come in this order already.
    return [Gift(group, tuple(each)) for _, each in groupby(given, key=_tap)]


def of_enrolment(session: Session, group: UUID, enrolment: UUID) -> Gift | None:
    """The one this enrolment belongs to."""
    known = gifts(session, group)
    return next(
        (each for each in known if any(one.id == enrolment for one in each.enrolments)), None
    )


def title(session: Session, gift: Gift) -> Text:
    """What the workshop is called, as it was when it was given."""
    return enrolments.definition(session, gift.enrolments[0]).title


def _tap(given: Enrolment) -> tuple[datetime, str, UUID | None]:
    return given.created_at, given.workshop, given.given_by
