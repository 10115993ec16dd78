"""A workshop's moment has come: the next lesson opens by its rule, or the end date is there."""

from dataclasses import replace
from datetime import date

from bot.care.cadence import Chance, Outcome, Skip, Verdict, Why
from bot.catalog.workshop import Lesson
from bot.messages.message import Message, Rows
from bot.store import enrolments, occurrences
from bot.store.occurrences import Occurrence
from bot.store.outbox import guards
from bot.store.schedules import Stored
from bot.usecases.menu import menu_button
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known
from bot.usecases.toolbox import toolbox_button
from bot.usecases.workshops import enrol
from bot.usecases.workshops.course import Course, is_done, known_of, may_open, running
from bot.usecases.workshops.lesson import goodbye, leave_button, words_of


def against(known: Known, stored: Stored, span: Chance) -> Verdict | None:
    """There is no workshop, or its next lesson has to wait for something."""
    course, day = running(known), span.local_date
    if course is None:
        return Skip(Why.NOT_SCHEDULED)
    comes = course.is_over(day) or may_open(known, course, day) or _sent(known, stored, day)
    return None if comes else Skip(Why.NOT_YET)


def done_already(known: Known, stored: Stored, span: Chance) -> bool:
    """Whether the lesson that was sent on this date, and put off, has been done meanwhile."""
    course = running(known)
    last = course.last if course is not None else None
    return last is not None and _sent(known, stored, span.local_date) and is_done(known, *last)


def _sent(known: Known, stored: Stored, day: date) -> bool:
    mine = known.of(stored.id)
    return any(each.local_date == day and each.outcome is Outcome.SENT for each in mine)


def send(scene: Scene, sending: Sending) -> None:
    """One message: the lesson with its buttons, or the goodbye."""
    course = running(sending.known)
    assert course is not None  # `against` has seen to it
    if course.is_over(sending.day):
        speak(scene, sending, rows=())
        _say(scene, goodbye(scene, course), ((toolbox_button(scene),), (menu_button(scene),)))
        enrol.end(sending.known, course.enrolment)
        return
    lesson = _opening(scene, sending, course)
    speak(scene, sending, rows=_rows(scene, sending, course, lesson))
    assert scene.unasked is not None
    guard = f"{scene.unasked.guard} {guards.enrolled(course.enrolment.id)}"
    scene.unasked = replace(scene.unasked, guard=guard)
    _say(scene, words_of(scene, course, lesson), scene.unasked.rows)
    occurrences.begun(
        *(scene.session, scene.person.id, sending.stored.id, sending.day, None, lesson.exercise)
    )


def _opening(scene: Scene, sending: Sending, course: Course) -> Lesson:
    """The lesson that opens now; the one that was put off, when it comes back."""
    if sending.again and course.last is not None:
        return course.last[0]
    lesson = course.next
    assert lesson is not None  # `may_open` has seen to it
    enrolments.open_lesson(scene.session, course.enrolment, lesson.id, sending.day, scene.now)
    return lesson


def _rows(scene: Scene, sending: Sending, course: Course, lesson: Lesson) -> Rows:
    known = scene.kit.library.find(lesson.exercise) is not None
    start = ((sending.button(scene, "start"),),) if known else ()
    hour, today = sending.button(scene, "hour"), sending.button(scene, "today")
    back = ((sending.button(scene, "normal"),),) if sending.notice is not None else ()
    return (*start, (hour, today), (leave_button(scene, course.enrolment),), *back)


def _say(scene: Scene, text: str, rows: Rows) -> None:
    assert scene.unasked is not None
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=rows))


def not_today(scene: Scene, occurrence: Occurrence) -> None:
    """The lesson of this date closes again, so that it comes another day and not the one after
    it; unless it was done."""
    known = known_of(scene)
    course = running(known)
    last = course.last if course is not None else None
    if course is None or last is None or last[1].on != occurrence.local_date:
        return
    if not is_done(known, *last):
        enrolments.close_lesson(scene.session, course.enrolment.id, last[0].id)
