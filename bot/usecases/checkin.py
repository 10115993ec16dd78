"""A check-in begins by itself, at the hour the person chose; an invitation where another exercise
is open."""

from datetime import timedelta

from bot.care.cadence import Chance, Skip, Verdict, Why
from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.messages.message import Message
from bot.store import occurrences, past_runs
from bot.store.runs import StoredRun
from bot.store.schedules import Stored
from bot.usecases import aside, carry_on
from bot.usecases.checkins import checkin_for
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known

EVENING = "check.evening"
"""The shorter one of the evening."""
EARLIER = timedelta(hours=4)
"""A check-in done so shortly before its time need not be asked for again."""


def against(known: Known, stored: Stored, _: Chance) -> Verdict | None:
    """Nothing, as long as there is a check-in at all."""
    return None if _of(known, stored) is not None else Skip(Why.NOT_SCHEDULED)


def is_done(known: Known, stored: Stored, span: Chance) -> bool:
    """Whether it was done by the person's own choice shortly before."""
    exercise = _of(known, stored)
    if exercise is None:
        return False
    return past_runs.did(known.session, known.person.id, exercise.id, span.planned - EARLIER)


def send(scene: Scene, sending: Sending) -> None:
    """The first question at once; one tap answers it."""
    known = sending.known
    exercise = _of(known, sending.stored)
    assert exercise is not None  # `against` has seen to it
    begin_or_invite(scene, sending, exercise)


def begin_or_invite(scene: Scene, sending: Sending, exercise: Exercise) -> None:
    """Begins an exercise by itself. One of ours gives way when it was never answered, or is a
    check-in, whose time is over; any other is left alone, and a button waits below it."""
    open_now = sending.known.waiting
    person = scene.person.id
    if open_now is not None and _gives_way(scene, sending.known, open_now):
        aside.drop(scene, open_now)
        open_now = None
    speak(scene, sending)
    run = None
    if open_now is None:
        run = carry_on.begin(scene, exercise).id
    else:
        invite(scene, sending, exercise)
    occurrences.begun(scene.session, person, sending.stored.id, sending.day, run, exercise.id)


def _gives_way(scene: Scene, known: Known, open_now: StoredRun) -> bool:
    if not occurrences.is_ours(scene.session, scene.person.id, open_now.id):
        return False
    track = known.group.track if known.group else None
    of_a_time = (EVENING, checkin_for(known.kit.library, track))
    return not open_now.run.answers or open_now.run.exercise in of_a_time


def invite(scene: Scene, sending: Sending, exercise: Exercise) -> None:
    """A button instead of a question, so that what is open is not disturbed."""
    assert scene.unasked is not None
    text = scene.kit.words.text(
        scene.language,
        "clock/invite",
        title=said(exercise.title, scene.language),
        minutes=exercise.minutes,
    )
    rows = ((sending.button(scene, "start"),), *scene.unasked.rows)
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=rows))


def _of(known: Known, stored: Stored) -> Exercise | None:
    """The check-in of the person's track; the shorter one in the evening."""
    library, group = known.kit.library, known.group
    evening = library.find(EVENING) if stored.name.endswith(".1") else None
    return evening or library.find(checkin_for(library, group.track if group else None))
