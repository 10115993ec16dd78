"""What is asked every so often: the weekly look, and the questionnaires of the programme."""

from bot.care.alerting import next_opening, open_span
from bot.care.cadence import Chance, Expire, Later, Skip, Verdict, Why
from bot.store import groups, runs, staff
from bot.store.schedules import Stored
from bot.usecases import desk
from bot.usecases.checkin import begin_or_invite
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending
from bot.usecases.timetable import Known


def against(known: Known, stored: Stored, span: Chance) -> Verdict | None:
    """There is no such exercise; or nobody could answer an alarm it may raise."""
    exercise = known.kit.library.find(stored.exercise or "")
    if exercise is None:
        return Skip(Why.NOT_SCHEDULED)
    if not exercise.signals or is_attended(known):
        return None
    group = None if known.member is None else known.member.group
    hours = desk.hours_of(known.session, group, groups.programme(known.session))
    opens = next_opening(hours, known.now)
    if opens is not None and opens < span.closes:
        return Later(opens)
    return Expire(Why.UNATTENDED)


def is_attended(known: Known) -> bool:
    """Whether somebody of the staff can answer now: the office is open, or somebody is on call."""
    group = None if known.member is None else known.member.group
    hours = desk.hours_of(known.session, group, groups.programme(known.session))
    return open_span(hours, known.now) is not None or bool(
        staff.on_call(known.session, known.kit.vault)
    )


def is_done(known: Known, stored: Stored, span: Chance) -> bool:
    """Whether the person did it on this day already."""
    if stored.exercise is None:
        return False
    here = stored.plan.here
    day = span.planned.astimezone(here)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    found = runs.history(
        *(known.session, known.kit.vault, known.person.id),
        limit=1,
        exercise=stored.exercise,
        since=midnight,
    )
    return bool(found)


def send(scene: Scene, sending: Sending) -> None:
    """Begins it."""
    exercise = scene.kit.library.find(sending.stored.exercise or "")
    assert exercise is not None  # `against` has seen to it
    begin_or_invite(scene, sending, exercise)
