"""The Person page: how one participant's weeks have been, what they did, what was given to them.

Without their yes it shows states and times only. It reads the stretch that was chosen, and opens
nothing that it does not show.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from bot.care.phase import Phase
from bot.catalog.exercise import Modality
from bot.store import past_runs, people
from bot.store.groups import Group
from bot.store.promises import End
from bot.usecases.kit import Kit
from bot.usecases.office.person.asked import Asked, asked
from bot.usecases.office.person.done import Doings, doings
from bot.usecases.office.person.given import (
    AlertLine,
    Assigned,
    Plan,
    Sessions,
    Targets,
    alert_lines,
    assigned,
    kept,
    plan_of,
    sessions_of,
    targets_of,
)
from bot.usecases.office.person.measured import Measured, Unscored, measured, unscored
from bot.usecases.office.person.ratings import Curve, curves
from bot.usecases.office.person.stretch import USUAL, WEEKS, Stretch, stretch
from bot.usecases.office.reader import (
    NotYoursError,
    Reader,
    group_of,
    member_of,
    reads_words,
    record,
)
from bot.usecases.phases.moving import phase
from bot.usecases.timetable import Known

__all__ = ["USUAL", "WEEKS", "PersonPage", "Told", "person_page"]

NO_PRACTICE = (Modality.CHECK_IN, Modality.MEASURE)
"""What the programme asks by itself is no practice of theirs."""
FAR = 3000
"""More than anybody finishes in half a year."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown only with the participant's yes: what they wrote and rated."""

    curves: tuple[Curve, ...]
    doings: Doings
    measured: tuple[Measured, ...]
    unscored: tuple[Unscored, ...]
    promises: dict[End, int]
    plan: Plan | None
    targets: tuple[Targets, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One participant. `told` is None where they let nobody read; `since` is when they joined,
    `moved_on` when they finished; `practised` are the local dates with a finished exercise;
    `paused_until` (UTC) is set while nothing is sent by itself."""

    person: UUID
    alias: str | None
    group: Group
    phase: Phase
    since: datetime
    moved_on: datetime | None
    paused_until: datetime | None
    language: str
    stretch: Stretch
    sessions: Sessions
    asked: Asked
    alerts: tuple[AlertLine, ...]
    assigned: tuple[Assigned, ...]
    practised: tuple[date, ...]
    told: Told | None


def person_page(
    session: Session, kit: Kit, reader: Reader, person_id: UUID, weeks: int, now: datetime
) -> PersonPage:
    """The page, noted as opened. Raises NotYoursError."""
    member = member_of(session, kit, reader, person_id)
    group = group_of(session, reader, member.group)
    person = people.look(session, person_id)
    if person is None:
        raise NotYoursError("participant")
    span = stretch(person.zone, weeks, now)
    since = member.confirmed_at or member.joined_at
    reads = reads_words(session, kit, person_id)
    action = "participant.read" if reads else "participant.opened"
    record(session, reader, person_id, action, now, group=group.id)
    is_paused = person.paused_until is not None and person.paused_until > now
    return PersonPage(
        person=person_id,
        alias=member.alias,
        group=group,
        phase=phase(person, member),
        since=since,
        moved_on=member.discharged_at,
        paused_until=person.paused_until if is_paused else None,
        language=person.language,
        stretch=span,
        sessions=sessions_of(session, group, person_id, span, span.day_of(since)),
        asked=asked(Known(session, kit, person, now), span),
        alerts=alert_lines(session, person_id),
        assigned=assigned(session, kit, group, person_id, reader.language, now),
        practised=_practised(session, kit, person_id, span),
        told=_told(session, kit, reader, person_id, span, now) if reads else None,
    )


def _practised(session: Session, kit: Kit, person: UUID, span: Stretch) -> tuple[date, ...]:
    asked_for = {each.id for each in kit.library.exercises.values() if each.modality in NO_PRACTICE}
    days = {
        span.day_of(at)
        for exercise, at in past_runs.finished(session, person, span.since)
        if exercise not in asked_for
    }
    return tuple(sorted(days))


def _told(
    session: Session, kit: Kit, reader: Reader, person: UUID, span: Stretch, now: datetime
) -> Told:
    """Each entry of the stretch is opened once, and everything is made from it."""
    found = past_runs.history(session, kit.vault, person, limit=FAR, since=span.since, ended=True)
    return Told(
        curves=curves(session, found, span),
        doings=doings(session, found, person, reader.language),
        measured=measured(session, kit, person, span, reader.language),
        unscored=unscored(session, found, reader.language),
        promises=kept(session, person, span),
        plan=plan_of(session, kit, person, reader.language, now),
        targets=targets_of(session, kit, person, reader.language),
    )
