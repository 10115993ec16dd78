"""One screen before a session: who was there, how the week was, what people bring; and the picture
without names that can be shown in the room.

Numbers about all are counted over those who agreed to be counted. With a name stands only what
somebody agreed that the therapists read, or showed them by a tap of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.care.closed_choices import Choice, choices
from bot.care.group_figures import Chosen, chosen_most
from bot.care.group_ring import GroupRing
from bot.catalog.exercise import Need
from bot.catalog.text import said
from bot.store import board, brought, members, revisions, rollcall
from bot.store.board import State
from bot.store.groups import Group
from bot.usecases import group_ring
from bot.usecases.board import discussion
from bot.usecases.kit import Kit
from bot.usecases.office import meetings
from bot.usecases.office.curves import Curves, Week, curves_of, week_of
from bot.usecases.office.group import GroupPage, page_of
from bot.usecases.office.meetings import Meeting
from bot.usecases.office.practices import is_exercise, title
from bot.usecases.office.reader import Reader, group_of, reads_words, record

MOST = 5
"""So many themes of a kind fit on one screen."""
IN_THE_ROOM = 3
"""A ring with fewer than so many is not shown in the room: it would point at somebody."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry somebody who lets the therapists read wants to bring."""

    run: UUID
    person: UUID
    alias: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the question of this session that was shown to the therapists."""

    person: UUID
    alias: str
    text: str


@dataclass(frozen=True, slots=True)
class Themes:
    """What came up most, each with how many people: exercises by title, needs, what was tapped."""

    exercises: tuple[Chosen[str], ...]
    needs: tuple[Chosen[Need], ...]
    choices: tuple[Chosen[Choice], ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.exercises or self.needs or self.choices)


@dataclass(frozen=True, slots=True)
class Brief:
    """The page. `page` holds what the page of the group holds too; `unnamed` is how many entries
    are brought by people who do not let the therapists read."""

    page: GroupPage
    meeting: Meeting | None
    curves: Curves
    themes: Themes
    entries: tuple[Entry, ...]
    unnamed: int
    question: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What can be shown in the room: no names, no small numbers."""

    group: Group
    curves: Curves
    ring: GroupRing | None


def brief(session: Session, kit: Kit, reader: Reader, group_id: UUID, now: datetime) -> Brief:
    """The brief of one of the reader's groups; on record for each person whose entry or answer it
    shows. Raises NotYoursError."""
    group = group_of(session, reader, group_id)
    meeting = meetings.coming(session, group, now)
    week = week_of(session, kit, group, now)
    question = discussion.question_of(session, kit, group, meeting.day) if meeting else None
    entries, unnamed = _brought(session, kit, reader, group, meeting)
    answers = list(_answers(session, kit, group, meeting))
    record(session, reader, None, "brief.opened", now, group=group.id)
    for person in dict.fromkeys(each.person for each in entries):
        record(session, reader, person, "brought.seen", now, group=group.id)
    for person in dict.fromkeys(each.person for each in answers):
        record(session, reader, person, "answer.read", now, group=group.id)
    return Brief(
        page=page_of(session, kit, reader, group, now),
        meeting=meeting,
        curves=curves_of(session, group, now, week),
        themes=_themes(session, kit, reader, week),
        entries=tuple(entries),
        unnamed=unnamed,
        question=said(question.words, reader.language) if question is not None else "",
        answers=tuple(answers),
    )


def room(session: Session, kit: Kit, reader: Reader, group_id: UUID, now: datetime) -> Room:
    """The picture of one of the reader's groups for everybody in it. Raises NotYoursError."""
    group = group_of(session, reader, group_id)
    ring = group_ring.ring(session, kit, group, now)
    if ring is not None and ring.practised < IN_THE_ROOM:
        ring = None
    return Room(group, curves_of(session, group, now, week_of(session, kit, group, now)), ring)


def _brought(
    session: Session, kit: Kit, reader: Reader, group: Group, meeting: Meeting | None
) -> tuple[list[Entry], int]:
    found = brought.of_session(session, group.id, meeting.day) if meeting is not None else []
    here = {each.person: each for each in rollcall.present(session, kit.vault, [group.id])}
    known = [each for each in found if each.person in here]
    named = [
        Entry(
            *(each.run, each.person, here[each.person].alias),
            title(kit, each.exercise, reader.language),
        )
        for each in known
        if reads_words(session, kit, each.person)
    ]
    return named, len(known) - len(named)


def _answers(session: Session, kit: Kit, group: Group, meeting: Meeting | None) -> Iterator[Answer]:
    """Shown by a choice of its own for each answer, so it needs no switch."""
    if meeting is None:
        return
    for each in board.of_groups(session, kit.vault, [group.id], State.SHOWN):
        if each.about.endswith(f".{meeting.day:%Y%m%d}"):
            yield Answer(each.person, members.alias_of(session, kit.vault, each.person), each.text)


def _themes(session: Session, kit: Kit, reader: Reader, week: Week) -> Themes:
    done: list[tuple[UUID, str]] = []
    needs: list[tuple[UUID, Need]] = []
    tapped: list[tuple[UUID, Choice]] = []
    for stored in week.runs:
        exercise, run = revisions.recall(session, stored.revision), stored.run
        if is_exercise(kit, run.exercise):
            done.append((stored.person, title(kit, run.exercise, reader.language)))
            needs += ((stored.person, need) for need in exercise.need)
        found = choices(exercise, run.answers, run.language, reader.language)
        tapped += ((stored.person, each) for each in found)
    return Themes(
        chosen_most(week.people, done, MOST),
        chosen_most(week.people, needs, MOST),
        chosen_most(week.people, tapped, MOST),
    )
