"""What one person did: each exercise with before and after, check-ins, and what helped most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from bot.care.feedback import main_shift
from bot.care.progress import Practice, by_exercise
from bot.catalog.exercise import Modality
from bot.catalog.steps import Finish
from bot.catalog.text import said
from bot.engine.run import Status
from bot.store import comments, revisions
from bot.store.runs import StoredRun
from bot.usecases.office.person.ratings import tells_of_a_day

BEST = 5
"""So many are listed as what helped most."""


@dataclass(frozen=True, slots=True)
class Done:
    """One entry. `before` and `after` are of the main rating, on a scale up to `high`, None where
    nothing was rated twice; `about` is the day it tells of, `late` that this day was over;
    `comments` how many were written on it."""

    run: UUID
    title: str
    at: datetime
    finished: bool
    about: date | None
    late: bool
    before: int | None
    after: int | None
    high: int
    comments: int


@dataclass(frozen=True, slots=True)
class Helped:
    """An exercise after which it was lower: the mean fall in points of 100, from n times."""

    title: str
    drop: int
    n: int


@dataclass(frozen=True, slots=True)
class Doings:
    """Exercises and check-ins, each the newest first; what helped most, the most first."""

    exercises: tuple[Done, ...]
    checkins: tuple[Done, ...]
    helped: tuple[Helped, ...]


def doings(session: Session, told: Iterable[StoredRun], person: UUID, language: str) -> Doings:
    """What those runs were. Questionnaires have a place of their own."""
    written = comments.counts(session, person)
    exercises: list[Done] = []
    checkins: list[Done] = []
    practices: list[Practice] = []
    titles: dict[str, str] = {}
    for stored in told:
        exercise = revisions.recall(session, stored.revision)
        if exercise.modality is Modality.MEASURE:
            continue
        titles.setdefault(exercise.id, said(exercise.title, language))
        end = exercise.find(stored.run.cursor)
        shift = main_shift(exercise, end, stored.run.answers) if isinstance(end, Finish) else None
        done = Done(
            *(stored.id, said(exercise.title, language), stored.updated_at),
            finished=stored.run.status is Status.FINISHED,
            about=stored.run.about,
            late=stored.run.late,
            before=shift.before if shift is not None else None,
            after=shift.after if shift is not None else None,
            high=shift.high if shift is not None else 0,
            comments=written.get(stored.id, 0),
        )
        daily = tells_of_a_day(exercise) or exercise.modality is Modality.CHECK_IN
        (checkins if daily else exercises).append(done)
        practices.append(Practice(exercise.id, stored.updated_at, shift))
    best = by_exercise(practices)[:BEST]
    return Doings(
        tuple(exercises),
        tuple(checkins),
        tuple(Helped(titles[each.exercise], each.drop, each.n) for each in best),
    )
