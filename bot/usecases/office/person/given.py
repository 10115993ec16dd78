"""What staff gave or chose for one person, what they promised, the plan, sessions and alerts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog.text import said
from bot.store import assignments, attendance, groups, own, past_runs, promises, revisions, targets
from bot.store.groups import Group
from bot.usecases.kit import Kit
from bot.usecases.office import columns
from bot.usecases.office.columns import Said
from bot.usecases.office.person.stretch import Stretch
from bot.usecases.safety_plan import PLAN


@dataclass(frozen=True, slots=True)
class Assigned:
    """An exercise to do until a local date of the group; `everyone`: it was given to the group."""

    title: str
    until: date
    everyone: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """What one diary follows for this person, as their clinician chose it."""

    title: str
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The safety plan as it was last finished."""

    run: UUID
    at: datetime
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert without what was said: tier and state as in `store.alerts`."""

    id: UUID
    tier: str
    state: str
    opened_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sessions:
    """The group's sessions by their local dates, and those in which they said they were."""

    held: tuple[date, ...]
    attended: tuple[date, ...]


def assigned(
    session: Session, kit: Kit, group: Group, person: UUID, language: str, now: datetime
) -> tuple[Assigned, ...]:
    """What still counts, the newest first."""
    today = now.astimezone(ZoneInfo(group.zone)).date()
    return tuple(
        Assigned(
            title_of(kit, each.exercise, language),
            each.until,
            each.person is None,
            past_runs.did(session, person, each.exercise, each.at),
        )
        for each in assignments.open_for(session, group.id, person, today)
    )


def targets_of(session: Session, kit: Kit, person: UUID, language: str) -> tuple[Targets, ...]:
    """What their diaries follow, for those that somebody chose for."""
    found = []
    for exercise in kit.library.exercises.values():
        chosen = (
            targets.chosen(session, kit.vault, person, exercise.id) if exercise.targets else None
        )
        if chosen is not None:
            names = {each.id: said(each.label, language) for each in exercise.targets}
            follows = (*(names.get(each, each) for each in chosen.targets), *chosen.own)
            found.append(Targets(said(exercise.title, language), follows))
    return tuple(found)


def plan_of(session: Session, kit: Kit, person: UUID, language: str, now: datetime) -> Plan | None:
    """Their safety plan; only for whom they let read it."""
    found = past_runs.newest(session, kit.vault, person, PLAN, now)
    if found is None:
        return None
    exercise = revisions.recall(session, found.revision)
    answers = columns.pairs(exercise, found.run, language)
    return Plan(found.id, found.updated_at, answers)


def kept(session: Session, person: UUID, stretch: Stretch) -> dict[promises.End, int]:
    """How the promises made in the stretch ended; their words stay with the person."""
    return promises.ends(session, person, stretch.since)


def alert_lines(session: Session, person: UUID) -> tuple[AlertLine, ...]:
    """All of them, the newest first."""
    return tuple(
        AlertLine(row.id, row.tier, row.state, row.opened_at, row.taken_at, row.closed_at)
        for row in reversed(own.alerts_of(session, person))
    )


def sessions_of(
    session: Session, group: Group, person: UUID, stretch: Stretch, joined: date
) -> Sessions:
    """Since they joined, up to yesterday or today."""
    first = max(stretch.start, joined)
    weekdays = {each.weekday for each in groups.sessions_of(session, group.id)}
    days = (first + timedelta(days=at) for at in range((stretch.end - first).days + 1))
    held = tuple(day for day in days if day.weekday() in weekdays)
    attended = tuple(day for day in attendance.dates(session, person, first) if day <= stretch.end)
    return Sessions(held, attended)


def title_of(kit: Kit, exercise: str, language: str) -> str:
    """What an exercise is called; its id once it has left the library."""
    titles = kit.titles.get(exercise)
    return said(titles, language) if titles else exercise
