"""What is asked every so often: the weekly look, and the questionnaires of the programme."""

from bot.care.alerting import next_opening, open_span
from bot.care.cadence import Chance, Expire, Later, Skip, Verdict, Why
from bot.catalog.exercise import Exercise
from bot.store import away, groups, past_runs, staff
from bot.store.schedules import Stored
from bot.usecases import desk
from bot.usecases.checkin import begin_or_invite
from bot.usecases.measures import measure_for
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending
from bot.usecases.timetable import Known


def against(known: Known, stored: Stored, span: Chance) -> Verdict | None:
    """There is no such exercise; or nobody could answer an alarm it may raise."""
    if _exercise(known, stored) is not None:
        return None
    if _exercise(known, stored, attended=True) is None:
        return Skip(Why.NOT_SCHEDULED)
    group = None if known.member is None else known.member.group
    hours = desk.hours_of(known.session, group, groups.programme(known.session))
    opens = next_opening(hours, known.now)
    if opens is not None and opens < span.closes:
        return Later(opens)
    return Expire(Why.UNATTENDED)


def _exercise(known: Known, stored: Stored, *, attended: bool | None = None) -> Exercise | None:
    """What to send now; a questionnaire that somebody must be there for gives way to another."""
    kit, name = known.kit, stored.exercise or ""
    if kit.measures.find(name) is None:
        return kit.library.find(name)
    if attended is None:
        attended = is_attended(known)
    chosen = measure_for(kit.measures, kit.library, name, attended=attended)
    return kit.library.find(chosen) if chosen is not None else None


def is_attended(known: Known) -> bool:
    """Whether somebody of the staff can answer now: the office is open, or somebody is on call; who
    is away does not count."""
    group = None if known.member is None else known.member.group
    hours = desk.hours_of(known.session, group, groups.programme(known.session))
    gone = away.everybody(known.session, known.now)
    if any(each.id not in gone for each in staff.on_call(known.session, known.kit.vault)):
        return True
    team = staff.of_group(known.session, known.kit.vault, group) if group is not None else []
    all_gone = bool(team) and all(each.id in gone for each in team)
    return open_span(hours, known.now) is not None and not all_gone


def is_done(known: Known, stored: Stored, span: Chance) -> bool:
    """Whether the person did it on this day already."""
    exercise = _exercise(known, stored)
    if exercise is None:
        return False
    day = span.planned.astimezone(stored.plan.here)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return past_runs.did(known.session, known.person.id, exercise.id, midnight)


def send(scene: Scene, sending: Sending) -> None:
    """Begins it."""
    known = sending.known
    exercise = _exercise(known, sending.stored)
    assert exercise is not None  # `against` has seen to it
    begin_or_invite(scene, sending, exercise)
