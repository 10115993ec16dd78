"""The Entry page: one finished exercise as it was written, who opened it, what was written back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.steps import Finish
from bot.catalog.text import said
from bot.catalog.tracks import Adapted
from bot.engine.run import Status
from bot.messages.lines import Line, score_line
from bot.store import audit, comments, people, revisions, runs, staff
from bot.store.comments import Comment
from bot.store.ids import new_id
from bot.store.members import Member
from bot.store.runs import StoredRun
from bot.usecases.comments import Stands, Why, obstacle, stands
from bot.usecases.comments import State as CommentState
from bot.usecases.kit import Kit
from bot.usecases.office import columns
from bot.usecases.office.columns import Column, Rated, Said
from bot.usecases.office.reader import NotYoursError, Reader, member_of, reads_words, record

OPENED = "entry.opened"
NEEDS: Mapping[str, tuple[frozenset[str], ...]] = {
    "both_sides": (frozenset({"evidence_for", "evidence_against"}),),
    "small_step": (frozenset({"next_action"}),),
    "not_alone": (frozenset({"thought"}), frozenset({"thoughts"})),
}
"""Sentences at hand that speak of certain answers: one of these sets must have been answered."""
COMPARED = frozenset({"shift", "stuck"})
"""Those that speak of how strong something was before and after."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened it: who, when last, how often."""

    name: str | None
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Written:
    """A comment on the page. `by` is None once they do not work here; `mine` the reader's own."""

    comment: Comment
    by: str | None
    mine: bool
    stands: Stands


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment that is being written. Its `id` makes it exist once, however often it is sent;
    `refused` says why it was not taken (empty, long), `units` its length as Telegram counts."""

    id: UUID
    text: str = ""
    ready: str = ""
    refused: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What was written. `revision` names the wording it answered, `track` the track that adapted
    it; `language` is the one it was written in."""

    title: str
    exercise: str
    language: str
    revision: str
    reviewed_by: str | None
    reviewed_on: date | None
    track: str | None
    columns: tuple[Column, ...]
    answers: tuple[Said, ...]
    rated: tuple[Rated, ...]
    scores: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry. `content` is None where the person lets nobody read, and of the `comments` there
    are only those that did not arrive, without their words. `about` is the day it tells of, `late`
    that this day was over. `stops` says why no comment would reach them now; `ready` are the
    sentences at hand, in their language, by id."""

    person: UUID
    run: UUID
    alias: str | None
    began: datetime
    ended: datetime
    finished: bool
    about: date | None
    late: bool
    content: Content | None
    opened: tuple[Opened, ...] = ()
    comments: tuple[Written, ...] = ()
    stops: Why | None = None
    language: str = "en"
    ready: dict[str, str] = field(default_factory=dict)
    draft: Draft | None = None


def entry_page(
    session: Session, kit: Kit, reader: Reader, person: UUID, run: UUID, now: datetime
) -> EntryPage:
    """The page, noted as opened. Raises NotYoursError."""
    return shown(session, kit, reader, person, run, now, draft=Draft(new_id(now)))


def shown(
    session: Session,
    kit: Kit,
    reader: Reader,
    person: UUID,
    run: UUID,
    now: datetime,
    *,
    draft: Draft,
) -> EntryPage:
    """The page with what is being written on it."""
    member, stored = entry_of(session, kit, reader, person, run)
    if not reads_words(session, kit, person):
        record(session, reader, person, "participant.opened", now, group=member.group)
        page = _bare(member, stored, draft=draft if draft.text else None)
        return replace(page, comments=_undelivered(session, kit, reader, run, now))
    record(session, reader, person, OPENED, now, group=member.group, about=run)
    exercise = revisions.recall(session, stored.revision)
    them = people.look(session, person)
    language = them.language if them is not None else "en"
    page = _bare(member, stored, draft=draft)
    content = _content(exercise, stored, reader.language)
    return EntryPage(
        *(page.person, page.run, page.alias, page.began, page.ended, page.finished),
        *(page.about, page.late),
        content=content,
        opened=_opened(session, kit, person, run),
        comments=_written(session, kit, reader, run, now),
        stops=obstacle(session, kit, them, now),
        language=language,
        ready=_fitting(ready(kit, language), stored, content),
        draft=draft,
    )


def entry_of(
    session: Session, kit: Kit, reader: Reader, person: UUID, run: UUID
) -> tuple[Member, StoredRun]:
    """One finished or stopped exercise of somebody who is theirs. Raises NotYoursError."""
    member = member_of(session, kit, reader, person)
    stored = runs.get_run(session, kit.vault, run)
    if stored is None or stored.person != person or stored.run.is_open:
        raise NotYoursError("entry")
    return member, stored


def ready(kit: Kit, language: str) -> dict[str, str]:
    """The sentences at hand, in the language of whoever will read them."""
    found: dict[str, str] = kit.words.short(language)["office_entry"]["ready"]
    return dict(found)


def _fitting(sentences: dict[str, str], stored: StoredRun, content: Content) -> dict[str, str]:
    """Those that can be true of this entry: nobody thanks for facts that were never asked."""
    answered = {name for name, value in stored.run.answers.items() if value}

    def fits(name: str) -> bool:
        if name in COMPARED:
            return bool(content.rated)
        wanted = NEEDS.get(name, ())
        return not wanted or any(each <= answered for each in wanted)

    return {name: sentence for name, sentence in sentences.items() if fits(name)}


def _bare(member: Member, stored: StoredRun, *, draft: Draft | None) -> EntryPage:
    run = stored.run
    return EntryPage(
        *(stored.person, stored.id, member.alias, stored.started_at, stored.updated_at),
        finished=run.status is Status.FINISHED,
        about=run.about,
        late=run.late,
        content=None,
        draft=draft,
    )


def _content(exercise: Exercise, stored: StoredRun, language: str) -> Content:
    run, end = stored.run, exercise.find(stored.run.cursor)
    scores = end.scores if isinstance(end, Finish) else ()
    lines = (score_line(exercise, run, name, language, staff=True) for name in scores)
    overlays = exercise.overlays if isinstance(exercise, Adapted) else ()
    return Content(
        title=said(exercise.title, language),
        exercise=exercise.id,
        language=run.language,
        revision=stored.revision,
        reviewed_by=exercise.review.by if exercise.review.status == "reviewed" else None,
        reviewed_on=exercise.review.on,
        track=overlays[-1].track if overlays else None,
        columns=columns.columns(exercise, run, language),
        answers=columns.pairs(exercise, run, language),
        rated=columns.rated(exercise, run, language),
        scores=tuple(line for line in lines if line is not None),
    )


def _opened(session: Session, kit: Kit, person: UUID, run: UUID) -> tuple[Opened, ...]:
    return tuple(
        Opened(name_of(session, kit, actor), at, times)
        for actor, at, times in audit.about(session, person, OPENED, run)
    )


def _written(
    session: Session, kit: Kit, reader: Reader, run: UUID, now: datetime
) -> tuple[Written, ...]:
    return tuple(
        Written(
            *(each, name_of(session, kit, each.by), each.by == reader.id),
            stands(session, kit, each, now),
        )
        for each in comments.of_run(session, kit.vault, run)
    )


def _undelivered(
    session: Session, kit: Kit, reader: Reader, run: UUID, now: datetime
) -> tuple[Written, ...]:
    """The comments that the taken back yes stops or stopped, so that nobody believes they were
    read; without their words, which may quote the entry."""
    arrived = (CommentState.DELIVERED, CommentState.UNSURE)
    stopped = Stands(CommentState.STOPPED, why=Why.CONSENT)
    return tuple(
        replace(
            each,
            comment=replace(each.comment, text=""),
            stands=each.stands if each.stands.state is CommentState.STOPPED else stopped,
        )
        for each in _written(session, kit, reader, run, now)
        if each.stands.state not in arrived
    )


def name_of(session: Session, kit: Kit, actor: UUID | None) -> str | None:
    """The name of a member of staff."""
    found = staff.get(session, kit.vault, actor) if actor is not None else None
    return found.name if found is not None else None
