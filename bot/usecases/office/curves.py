"""The curves of a group without names: what those who agreed to be counted rated in a week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.group_figures import DayFigure, Rating, curve
from bot.care.group_ring import LEAST
from bot.catalog.exercise import Modality
from bot.catalog.steps import AskScale
from bot.store import past_runs, revisions
from bot.store.groups import Group
from bot.store.runs import StoredRun
from bot.usecases import group_ring
from bot.usecases.kit import Kit
from bot.usecases.office import meetings

WEEK = timedelta(days=7)
TOP = 10
"""Every scale is drawn from 0 to 10."""
RATED = {"mood": ("mood",), "urge": ("craving_now", "urge")}
"""What is drawn, and by which questions of check-ins it is asked."""
OF_A_WEEK = "check.week"
"""Its ratings are about a whole week, not about a day."""


@dataclass(frozen=True, slots=True)
class Week:
    """Who agreed to be counted, and what they finished in seven days, opened."""

    people: frozenset[UUID]
    runs: tuple[StoredRun, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve by its code (see `RATED`), from 0 to 10."""

    code: str
    days: tuple[DayFigure, ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """Everything drawn of a group. `counted` is how many agreed to be counted; `start` and `end`
    are local dates of the group, `marks` its sessions between them."""

    counted: int
    curves: tuple[Curve, ...]
    start: date
    end: date
    marks: tuple[date, ...]


def week_of(session: Session, kit: Kit, group: Group, now: datetime) -> Week:
    """What those who agreed to be counted finished in the last seven days; nobody else's entries
    are opened, and none at all where they are too few for any figure."""
    people = group_ring.counted_in(session, kit, group)
    few = len(people) < LEAST
    found = [] if few else past_runs.of_people(session, kit.vault, people, now - WEEK, now)
    return Week(people, tuple(found))


def curves_of(session: Session, group: Group, now: datetime, week: Week) -> Curves:
    """The curves of such a week."""
    end = now.astimezone(ZoneInfo(group.zone)).date()
    start = end - WEEK
    found = (
        Curve(code, curve(week.people, _ratings(session, week.runs, steps)))
        for code, steps in RATED.items()
    )
    met = (each.day for each in meetings.around(session, group, now))
    return Curves(
        counted=len(week.people),
        curves=tuple(each for each in found if each.days),
        start=start,
        end=end,
        marks=tuple(day for day in met if start <= day <= end),
    )


def _ratings(
    session: Session, week: Iterable[StoredRun], steps: tuple[str, ...]
) -> Iterator[Rating]:
    for stored in week:
        exercise = revisions.recall(session, stored.revision)
        if exercise.modality is not Modality.CHECK_IN or exercise.id == OF_A_WEEK:
            continue
        for step in map(exercise.find, steps):
            value = stored.run.answers.get(step.id) if isinstance(step, AskScale) else None
            if isinstance(step, AskScale) and isinstance(value, int | float):
                span = step.scale.max - step.scale.min
                yield Rating(stored.person, _day(stored), TOP * (value - step.scale.min) / span)


def _day(stored: StoredRun) -> date:
    """The person's own date it tells of."""
    own = stored.updated_at.astimezone(ZoneInfo(stored.run.zone)).date()
    return stored.run.about or own
