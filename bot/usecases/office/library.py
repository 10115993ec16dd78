"""The pages of the library: finding, reading, previewing, signing an exercise, opening it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.exercise import ALWAYS, Exercise, Modality
from bot.catalog.measure import AnyMeasure, Measure
from bot.catalog.search import exercises_of
from bot.catalog.text import said
from bot.store import enabled, groups, measure_texts, members, people, reviews, track_choices
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
    group_of,
    member_of,
    own_groups,
)
from bot.usecases.reviewing import Reviewed
from bot.usecases.staff_chat import enabling

ALWAYS_OPEN, KEPT, FOLLOWS = "always", "kept", "follows"
"""How an exercise is offered that nothing closes, one that waits until somebody offers it, and one
that another brings along; besides core, available, adapted and hidden."""
LONGEST_QUERY = 80


@dataclass(frozen=True, slots=True)
class Title:
    """One exercise in the list."""

    id: str
    title: str
    summary: str
    modality: Modality
    minutes: int
    languages: tuple[str, ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One questionnaire whose wording is not installed, and how to get it; `staff` says that its
    scores are written down from paper."""

    id: str
    title: str
    licence: str
    staff: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was found of all there is; `drafts` are unreviewed, `reviewed_only` says that those are
    not offered."""

    query: str
    approach: str
    approaches: tuple[Modality, ...]
    found: tuple[Title, ...]
    total: int
    drafts: int
    reviewed_only: bool
    forms: tuple[Form, ...]


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


def shelf(session: Session, kit: Kit, reader: Reader, query: str, approach: str) -> Shelf:
    """The exercises that hold these words and belong to this approach ("" for all)."""
    measures.shelve(session, kit)
    everything = sorted(
        kit.library.exercises.values(),
        key=lambda each: said(each.title, reader.language).casefold(),
    )
    signed = reviews.everything(session)

    def is_reviewed(exercise: Exercise) -> bool:
        mine = signed.get(exercise.id, ())
        in_file = exercise.review.status == reviewing.REVIEWED
        return in_file or (bool(mine) and reviewing.has_signature(exercise, mine))

    words = query.strip()[:LONGEST_QUERY]
    found = _found(everything, words)
    shown = [each for each in found if approach in ("", each.modality.value)]
    return Shelf(
        query=words,
        approach=approach,
        approaches=tuple(each for each in Modality if any(e.modality is each for e in everything)),
        found=tuple(_title(each, reader, reviewed=is_reviewed(each)) for each in shown),
        total=len(everything),
        drafts=sum(not is_reviewed(each) for each in everything),
        reviewed_only=_reviewed_only(session),
        forms=tuple(_missing(session, kit, reader)),
    )


def book(session: Session, kit: Kit, reader: Reader, exercise_id: str, spoken: str) -> Book:
    """One exercise, previewed in one of its languages. Raises NotYoursError where there is none."""
    exercise = _named(session, kit, exercise_id)
    language = spoken if spoken in exercise.languages else reader.language
    if language not in exercise.languages:
        language = exercise.languages[0]
    mine = [each for each in own_groups(session, reader) if each.id in reader.groups]
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
        reviewed_only=_reviewed_only(session),
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
    member = member_of(session, kit, reader, person)
    if member.group not in reader.groups or not _takes_part(session, member):
        raise NotYoursError("participant")
    return int(enabling.open_for(scene_of(session, kit, reader, now), member, exercise))


def open_for_group(
    session: Session, kit: Kit, reader: Reader, exercise_id: str, group_id: UUID, now: datetime
) -> int:
    """The same for everybody who takes part in a group now."""
    exercise = _named(session, kit, exercise_id)
    group = group_of(session, reader, group_id)
    if group.id not in reader.groups:
        raise NotYoursError("group")
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


def _found(everything: list[Exercise], words: str) -> list[Exercise]:
    """By words of the title or summary in any language, or by a part of the id."""
    if not words:
        return everything
    by_id = [each for each in everything if words.casefold() in each.id]
    found = exercises_of(words, everything)
    return [*found, *(each for each in by_id if each not in found)]


def _title(exercise: Exercise, reader: Reader, *, reviewed: bool) -> Title:
    return Title(
        id=exercise.id,
        title=said(exercise.title, reader.language),
        summary=said(exercise.summary, reader.language),
        modality=exercise.modality,
        minutes=exercise.minutes,
        languages=exercise.languages,
        reviewed=reviewed,
    )


def _missing(session: Session, kit: Kit, reader: Reader) -> Iterable[Form]:
    there = measure_texts.installed(session)
    known: list[AnyMeasure] = sorted(kit.measures.known.values(), key=lambda each: each.measure)
    for each in known:
        if each.measure not in there:
            title = said(each.title, reader.language)
            yield Form(each.measure, title, each.licence, not isinstance(each, Measure))


def _reviewed_only(session: Session) -> bool:
    programme = groups.programme(session)
    return programme is not None and programme.reviewed_only


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
