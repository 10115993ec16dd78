"""An exercise is given to a whole group or to one person, to be done before the next session."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.store import assignments, enabled, members, past_runs, people
from bot.store.assignments import Assignment
from bot.store.groups import Group
from bot.store.ids import new_id
from bot.store.members import Member
from bot.store.people import Standing
from bot.usecases import timetable
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene
from bot.usecases.timetable.facts import sessions_around

WEEK = timedelta(days=7)
"""How long something counts in a group without sessions."""


def due_day(session: Session, group: Group, now: datetime) -> date:
    """The day of the next session, on the group's calendar."""
    coming = (each for each in sessions_around(session, group, now) if each > now)
    return next(coming, now + WEEK).astimezone(ZoneInfo(group.zone)).date()


def assign(scene: Scene, group: Group, person: UUID | None, exercise: Exercise) -> Assignment:
    """Keeps it, opens it where the track had it closed, and plans the reminders at each person's
    own hours. `scene` is the therapist's. What they have still to do is not given twice: of two
    taps one would stay behind the other's [Take it back], and go on reminding."""
    session, now = scene.session, scene.now
    until = due_day(session, group, now)
    theirs = [
        each
        for each in members.of_group(session, scene.kit.vault, group.id)
        if person in (None, each.person)
    ]
    had = _still_to_do(scene, group, person, exercise, theirs, until)
    given = had or Assignment(
        *(new_id(now), group.id, person, exercise.id, scene.person.id, now), until
    )
    for each in theirs:
        enabled.enable(session, each.person, exercise.id, scene.person.id, now)
        _remind(scene, each.person, given.until)
    if had is None:
        assignments.add(session, given)
        scene.record("exercise.assigned", person, "care" if person is not None else group.id.hex)
    return given


def is_soon(group: Group, until: date, now: datetime) -> bool:
    """Whether the day it is for is so near that nobody is reminded later than today."""
    return until <= now.astimezone(ZoneInfo(group.zone)).date() + timedelta(days=1)


def _still_to_do(
    scene: Scene,
    group: Group,
    person: UUID | None,
    exercise: Exercise,
    theirs: list[Member],
    until: date,
) -> Assignment | None:
    """The same, given before for the same day, unless everybody has done it since."""
    today = scene.now.astimezone(ZoneInfo(group.zone)).date()
    for each in assignments.of_group(scene.session, group.id, today):
        same = (each.person, each.exercise, each.until) == (person, exercise.id, until)
        if same and not all(
            past_runs.did(scene.session, one.person, exercise.id, each.at) for one in theirs
        ):
            return each
    return None


def meet_anew(session: Session, kit: Kit, group: Group, now: datetime) -> None:
    """The group meets on other days from now on: what is for a day on which it does not meet is for
    its next session, or it would be over before that, and missing in what comes before it."""
    zone = ZoneInfo(group.zone)
    meets = {each.astimezone(zone).date() for each in sessions_around(session, group, now)}
    until = due_day(session, group, now)
    for given in assignments.of_group(session, group.id, now.astimezone(zone).date()):
        if not meets or given.until in meets:
            continue
        assignments.move(session, given.id, until)
        for each in members.present(session, group.id):
            person = people.look(session, each) if given.person in (None, each) else None
            if person is not None and person.standing is Standing.MEMBER:
                timetable.remind(timetable.Known(session, kit, person, now), until)


def take_back(scene: Scene, given: Assignment) -> None:
    """Takes it back: nobody is reminded any more, also not by what is queued. What somebody has
    done of it stays. `scene` is the therapist's."""
    if assignments.take_back(scene.session, given.id):
        scene.record(
            "exercise.taken_back",
            given.person,
            "care" if given.person is not None else given.group.hex,
        )


def _remind(scene: Scene, person_id: UUID, until: date) -> None:
    person = people.get(scene.session, person_id)  # locked: they may be moving their own hours
    if person is not None and person.standing is Standing.MEMBER:
        known = timetable.Known(scene.session, scene.kit, person, scene.now)
        timetable.remind(known, until)
