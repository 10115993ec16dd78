"""Questionnaires of one person: each score with its band as the definition names it, and change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.exercise import Modality
from bot.catalog.measure import StaffMeasure
from bot.catalog.score import Band
from bot.catalog.span import reach
from bot.catalog.text import said
from bot.engine.run import Run, Status
from bot.engine.score import total
from bot.store import past_runs, revisions, staff_scores
from bot.store.runs import StoredRun
from bot.usecases.kit import Kit
from bot.usecases.office.person.stretch import Stretch

MOST = 60
"""So many of one questionnaire are read; a year of weekly ones."""


@dataclass(frozen=True, slots=True)
class Within:
    """One named range of a score, both ends included."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One score over time, oldest first. `bands` are those that its definition names, () for a
    questionnaire that has none; `low` and `high` the ends, None where they are not certain.
    `run` is the newest entry, None for a form on paper that staff wrote down."""

    title: str
    label: str
    points: tuple[tuple[date, float], ...]
    low: float | None
    high: float | None
    bands: tuple[Within, ...]
    band: str | None
    run: UUID | None

    @property
    def latest(self) -> float:
        """The newest value."""
        return self.points[-1][1]

    @property
    def change(self) -> float | None:
        """Against the time before; None for the first."""
        return self.latest - self.points[-2][1] if len(self.points) > 1 else None

    @property
    def change_since_first(self) -> float | None:
        """Against the first one; None where that is the time before."""
        return self.latest - self.points[0][1] if len(self.points) > 2 else None


@dataclass(frozen=True, slots=True)
class Unscored:
    """A questionnaire with answers and without a number: stopped, or with too much left open."""

    title: str
    run: UUID
    at: datetime
    finished: bool


def unscored(session: Session, told: Iterable[StoredRun], language: str) -> tuple[Unscored, ...]:
    """Those of these entries, the newest first: what was answered there (item 9, for one) would
    stand nowhere else."""
    found = []
    for stored in told:
        exercise, run = revisions.recall(session, stored.revision), stored.run
        if exercise.modality is not Modality.MEASURE or not _is_answered(run):
            continue
        ended = run.status is Status.FINISHED
        if not ended or all(total(exercise, each, run.answers) is None for each in exercise.scores):
            title = said(exercise.title, language)
            found.append(Unscored(title, stored.id, stored.updated_at, ended))
    return tuple(found)


def _is_answered(run: Run) -> bool:
    return any(value is not None for value in run.answers.values())


def measured(
    session: Session, kit: Kit, person: UUID, stretch: Stretch, language: str
) -> tuple[Measured, ...]:
    """Everything that was asked or entered, whenever it was: these are rare, and what changed is
    what counts."""
    return (
        *_answered(session, kit, person, stretch, language),
        *_entered(session, kit, person, language),
    )


def _answered(
    session: Session, kit: Kit, person: UUID, stretch: Stretch, language: str
) -> Iterator[Measured]:
    ids = [each.id for each in kit.measures.offered]
    by_measure: dict[str, list[StoredRun]] = {}
    for stored in past_runs.of_exercises(session, kit.vault, person, ids, MOST * len(ids)):
        by_measure.setdefault(stored.run.exercise, []).append(stored)
    for several in by_measure.values():
        told = several[:MOST][::-1]
        exercise = revisions.recall(session, told[-1].revision)
        for score in exercise.scores:
            points = tuple(_points(session, told, score.id, stretch))
            if points:
                low, high = reach(exercise, score) or (None, None)
                yield Measured(
                    said(exercise.title, language),
                    said(score.label, language),
                    points,
                    low,
                    high,
                    bands=_bands(score.bands, language),
                    band=_band(score.bands, points[-1][1], language),
                    run=told[-1].id,
                )


def _points(
    session: Session, told: list[StoredRun], score: str, stretch: Stretch
) -> Iterator[tuple[date, float]]:
    """Each in the words it was answered in; those with too many gaps have no value."""
    for stored in told:
        exercise = revisions.recall(session, stored.revision)
        known = exercise.scored.get(score)
        value = total(exercise, known, stored.run.answers) if known is not None else None
        if value is not None:
            yield stretch.day_of(stored.updated_at), value


def _entered(session: Session, kit: Kit, person: UUID, language: str) -> Iterator[Measured]:
    entered = staff_scores.of_person(session, kit.vault, person)
    for name in dict.fromkeys(each.measure for each in entered):
        measure = kit.measures.find(name)
        if not isinstance(measure, StaffMeasure):
            continue
        for score in measure.scores:
            by_day = {
                each.day: each.scores[score.id]
                for each in entered
                if each.measure == name and score.id in each.scores
            }
            if by_day:
                points = tuple(by_day.items())
                yield Measured(
                    *(said(measure.title, language), said(score.label, language), points),
                    *(score.min, score.max),
                    bands=_bands(score.bands, language),
                    band=_band(score.bands, points[-1][1], language),
                    run=None,
                )


def _bands(bands: tuple[Band, ...], language: str) -> tuple[Within, ...]:
    return tuple(Within(said(each.staff_label, language), each.from_, each.to) for each in bands)


def _band(bands: tuple[Band, ...], value: float, language: str) -> str | None:
    within = [each for each in bands if each.from_ <= value]
    return said(within[-1].staff_label, language) if within else None
