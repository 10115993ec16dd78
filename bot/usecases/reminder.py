"""A reminder names the exercise that was assigned and opens it with one tap."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.care.cadence import Chance, Skip, Verdict, Why
from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.messages.message import Message
from bot.store import occurrences
from bot.store.assignments import Assignment
from bot.store.outbox import guards
from bot.store.schedules import Stored
from bot.usecases import timetable
from bot.usecases import to_do as given
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known


def to_do(known: Known) -> list[tuple[Assignment, Exercise]]:
    """What somebody was given and has not done since, the newest first."""
    if known.member is None or known.group is None:
        return []
    return given.to_do(known, known.group, known.now)


def against(known: Known, _: Stored, __: Chance) -> Verdict | None:
    """Nothing was given, it was taken back, or the session it is for has begun: the person sits in
    it."""
    if _in_time(known):
        return None
    return Skip(Why.LATE if to_do(known) else Why.DONE)


def is_done(known: Known, _: Stored, __: Chance) -> bool:
    """Whether there is nothing left to remind of."""
    return not _in_time(known)


def _in_time(known: Known) -> list[tuple[Assignment, Exercise]]:
    """What is still to do, of those whose session has not begun."""
    found = to_do(known)
    if not found or known.group is None:
        return []
    zone = ZoneInfo(known.group.zone)
    begun = {each.astimezone(zone).date() for each in known.sessions if each <= known.now}
    return [each for each in found if each[0].until not in begun]


def join_in(scene: Scene) -> tuple[Assignment, Exercise] | None:
    """Somebody came after the group was given something: they are reminded from now on as the
    others are. The newest of it, where there is any."""
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    found = _in_time(known)
    if not found:
        return None
    timetable.remind(known, max(assigned.until for assigned, _ in found))
    return found[0]


def send(scene: Scene, sending: Sending) -> None:
    """The exercise by its name, with the day it is for."""
    known = sending.known
    assigned, exercise = _in_time(known)[0]
    speak(scene, sending)
    assert scene.unasked is not None
    guard = f"{scene.unasked.guard} {guards.assigned(assigned.id)}"
    scene.unasked = replace(scene.unasked, guard=guard)
    text = scene.kit.words.text(
        scene.language,
        "clock/reminder",
        title=said(exercise.title, scene.language),
        minutes=exercise.minutes,
        weekday=given.weekday(assigned.until, scene.language),
        own=assigned.person is not None,
    )
    rows = ((sending.button(scene, "start"),), *scene.unasked.rows)
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=rows))
    occurrences.begun(
        *(scene.session, scene.person.id, sending.stored.id, sending.day, None, exercise.id)
    )
