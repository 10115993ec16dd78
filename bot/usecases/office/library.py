"""One exercise in the library: reading, previewing, signing it, opening it for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.exercise import ALWAYS, Exercise
from bot.catalog.text import said
from bot.store import enabled, members, people, track_choices
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.people import Standing
from bot.usecases import measures, reviewing
from bot.usecases.kit import Kit
from bot.usecases.office import choosing
from bot.usecases.office.acting import scene_of
from bot.usecases.office.choosing import Placed
from bot.usecases.office.preview import Bubble, preview
from bot.usecases.office.reader import (
    NotYoursError,
    Reader,
    own_group_of,
    own_groups,
    own_member_of,
)
from bot.usecases.reviewing import Reviewed
from bot.usecases.staff_chat import enabling

ALWAYS_OPEN, KEPT, FOLLOWS = "always", "kept", "follows"
"""How an exercise is offered that nothing closes, one that waits until somebody offers it, and one
that another brings along; besides core, available, adapted and hidden."""


@dataclass(frozen=True, slots=True)
class Offered:
    """How the track of a group (by its title) offers it (see Offer, ALWAYS_OPEN); `closed` are
    members for whom it is closed now, by alias; for so many it was `opened`."""

    group: UUID
    name: str
    track: str
    offer: str
    closed: tuple[tuple[UUID, str], ...]
    opened: int


@dataclass(frozen=True, slots=True)
class Book:
    """One exercise to read: as it is written, as a participant sees it, how it is offered.

    `changed` is when an earlier wording was signed, where the file has changed since.
    """

    exercise: Exercise
    title: str
    revision: str
    reviewed: Reviewed | None
    changed: datetime | None
    shown: tuple[Bubble, ...]
    spoken: str
    groups: tuple[Offered, ...]
    tracks: tuple[Placed, ...]
    reviewed_only: bool


def book(session: Session, kit: Kit, reader: Reader, exercise_id: str, spoken: str) -> Book:
    """One exercise, previewed in one of its languages. Raises NotYoursError where there is none."""
    exercise = _named(session, kit, exercise_id)
    language = spoken if spoken in exercise.languages else reader.language
    if language not in exercise.languages:
        language = exercise.languages[0]
    mine = own_groups(session, reader)
    return Book(
        exercise=exercise,
        title=said(exercise.title, reader.language),
        revision=exercise.revision,
        reviewed=reviewing.review_of(session, kit, exercise, reader.zone),
        changed=reviewing.changed_since(session, exercise),
        shown=preview(kit, exercise, language),
        spoken=language,
        groups=tuple(_offered(session, kit, reader, each, exercise) for each in mine),
        tracks=choosing.placed(session, kit, reader, exercise),
        reviewed_only=reviewing.is_required(session),
    )


def sign(
    session: Session, kit: Kit, reader: Reader, exercise_id: str, revision: str, now: datetime
) -> bool:
    """Marks it reviewed, with the reader's name and today's date; False where the file has changed
    since the page was drawn. Raises NotYoursError."""
    exercise = _named(session, kit, exercise_id)
    return reviewing.sign(scene_of(session, kit, reader, now), exercise, revision)


def take_back(session: Session, kit: Kit, reader: Reader, exercise_id: str, now: datetime) -> None:
    """It is a draft again. Raises NotYoursError."""
    exercise = _named(session, kit, exercise_id)
    reviewing.take_back(scene_of(session, kit, reader, now), exercise)


def open_for_person(
    session: Session, kit: Kit, reader: Reader, exercise_id: str, person: UUID, now: datetime
) -> int:
    """Opens it for one person, whatever the track says; for how many it was closed before. Raises
    NotYoursError."""
    exercise = _named(session, kit, exercise_id)
    member = own_member_of(session, kit, reader, person)
    if not _takes_part(session, member):
        raise NotYoursError("participant")
    return int(enabling.open_for(scene_of(session, kit, reader, now), member, exercise))


def open_for_group(
    session: Session, kit: Kit, reader: Reader, exercise_id: str, group_id: UUID, now: datetime
) -> int:
    """The same for everybody who takes part in a group now."""
    exercise = _named(session, kit, exercise_id)
    group = own_group_of(session, reader, group_id)
    scene = scene_of(session, kit, reader, now)
    here = _present(session, kit, group)
    return sum(enabling.open_for(scene, each, exercise) for each in here)


def choose(
    session: Session,
    kit: Kit,
    reader: Reader,
    exercise_id: str,
    form: Mapping[str, str],
    now: datetime,
) -> bool:
    """What a track offers, as a form says (see `choosing.choose`). Raises NotYoursError, and
    UnfitError for what cannot be chosen."""
    exercise = _named(session, kit, exercise_id)
    words = ("track", "offer", "why", "stood")
    name, wanted, why, stood = (form.get(each, "").strip() for each in words)
    return choosing.choose(session, kit, reader, exercise, name, wanted, why, stood, now)


def _named(session: Session, kit: Kit, exercise_id: str) -> Exercise:
    measures.shelve(session, kit)
    found = kit.library.find(exercise_id)
    if found is None:
        raise NotYoursError("exercise")
    return found


def _offer(session: Session, kit: Kit, track: str | None, exercise: Exercise) -> str:
    if exercise.needs:
        return FOLLOWS
    if exercise.modality in ALWAYS:
        return ALWAYS_OPEN
    found = kit.library.tracks.find(track)
    if found is None:
        return KEPT if exercise.opt else "available"
    offer = found.offer_of(exercise, track_choices.everything(session))
    return KEPT if offer is None else offer.value


def _offered(
    session: Session, kit: Kit, reader: Reader, group: Group, exercise: Exercise
) -> Offered:
    offer = _offer(session, kit, group.track, exercise)
    opened = enabled.who(session, exercise.id)
    here = _present(session, kit, group) if offer in (KEPT, "adapted", "hidden") else []
    return Offered(
        group=group.id,
        name=group.name,
        track=choosing.title(kit, group.track, reader) if group.track else "",
        offer=offer,
        closed=tuple((each.person, each.alias or "") for each in here if each.person not in opened),
        opened=sum(each.person in opened for each in here),
    )


def _present(session: Session, kit: Kit, group: Group) -> list[Member]:
    here = set(members.present(session, group.id))
    return [each for each in members.of_group(session, kit.vault, group.id) if each.person in here]


def _takes_part(session: Session, member: Member) -> bool:
    return people.standing_of(session, member.person) is Standing.MEMBER
