"""What the buttons of workshops do: join, open a lesson, leave, come back."""

from collections.abc import Callable
from typing import NamedTuple

from bot.catalog.text import said
from bot.catalog.workshop import Lesson, Workshop
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message
from bot.store import enrolments
from bot.store.enrolments import State
from bot.usecases.menu import begin_button, column, menu_button
from bot.usecases.offering import Offering
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known
from bot.usecases.workshops import enrol
from bot.usecases.workshops.course import Course, course_of, known_of, may_open, running, today
from bot.usecases.workshops.lesson import course_button, leave_button, words_of
from bot.usecases.workshops.pages import course_page, list_page


class Named(NamedTuple):
    """A person's own course, and what else a button said."""

    known: Known
    course: Course
    rest: str


def join(scene: Scene, name: str) -> None:
    """Begins with the first lesson at once; asks first where another one runs."""
    known, workshop = known_of(scene), _joinable(scene, name)
    if workshop is None:
        scene.say("gone")
        list_page(scene)
        return
    current = running(known)
    if current is not None:
        _one_at_a_time(scene, current, workshop)
        return
    joined = enrol.join(known, workshop)
    scene.settled = True
    if joined is not None:
        _open_next(scene, known, course_of(known, joined))


def _joinable(scene: Scene, name: str) -> Workshop | None:
    """A button from before the track closed what its lessons practise leads nowhere."""
    workshop = scene.kit.workshops.find(name)
    is_open = workshop is not None and Offering(scene).leads_through(workshop)
    return workshop if is_open else None


def _one_at_a_time(scene: Scene, current: Course, workshop: Workshop) -> None:
    if current.workshop.id == workshop.id:
        course_page(scene, workshop.id)
        return
    text = scene.kit.words.text(
        scene.language,
        "workshops/one",
        current=said(current.workshop.title, scene.language),
        title=said(workshop.title, scene.language),
    )
    stay = course_button(scene, current.workshop)
    instead = for_menu("instead", workshop.id)
    change = Button(text=scene.word("workshops.instead"), data=instead)
    scene.post(Message(text=text, buttons=column(stay, change, menu_button(scene))))


def instead(scene: Scene, name: str) -> None:
    """Leaves the one that runs and begins the other."""
    known, workshop = known_of(scene), _joinable(scene, name)
    current = running(known)
    if workshop is not None and current is not None and current.workshop.id != name:
        enrol.leave(known, current.enrolment)
    join(scene, name)


def leave(scene: Scene, argument: str) -> None:
    """At once; nobody is told, everything stays, and the way back is a button."""
    named = _named(scene, argument)
    if named is None:
        return
    enrolment = named.course.enrolment
    if enrolment.state in enrol.HERE:
        enrol.leave(named.known, enrolment)
    scene.settled = True
    title = said(named.course.workshop.title, scene.language)
    text = scene.kit.words.text(scene.language, "workshops/left", title=title)
    data = for_menu("back_ws", short_id(enrolment.id))
    back = Button(text=scene.word("workshops.back"), data=data)
    scene.post(Message(text=text, buttons=column(back, menu_button(scene))))


def come_back(scene: Scene, argument: str) -> None:
    """Goes on where the person was."""
    named = _named(scene, argument)
    if named is None:
        return
    scene.settled = enrol.come_back(named.known, named.course)
    current = running(named.known)
    if current is not None and current.workshop.id != named.course.workshop.id:
        _one_at_a_time(scene, current, named.course.workshop)
    else:
        course_page(scene, named.course.workshop.id)


def open_next(scene: Scene, argument: str) -> None:
    """Opens the next lesson, if it may."""
    named = _named(scene, argument)
    if named is None:
        return
    if may_open(named.known, named.course, today(named.known)):
        scene.settled = True
        _open_next(scene, named.known, named.course)
    else:
        course_page(scene, named.course.workshop.id)


def _open_next(scene: Scene, known: Known, course: Course) -> None:
    lesson = course.next
    if lesson is not None:
        enrolments.open_lesson(scene.session, course.enrolment, lesson.id, today(known), scene.now)
        _say(scene, course, lesson)


def lesson_page(scene: Scene, argument: str) -> None:
    """A lesson to read again."""
    named = _named(scene, argument)
    if named is None:
        return
    place = named.course.workshop.place(named.rest)
    names = {each.lesson for each in named.course.opened}
    ended = named.course.enrolment.state is State.ENDED
    if place is None or not (ended or named.rest in names):
        course_page(scene, named.course.workshop.id)
        return
    _say(scene, named.course, named.course.workshop.lessons[place])


def _say(scene: Scene, course: Course, lesson: Lesson) -> None:
    exercise = scene.kit.library.find(lesson.exercise)
    begin = [begin_button(scene, exercise)] if exercise is not None else []
    runs = course.enrolment.state in enrol.HERE
    way = [leave_button(scene, course.enrolment)] if runs else []
    home = course_button(scene, course.workshop)
    text = words_of(scene, course, lesson)
    scene.post(Message(text=text, buttons=column(*begin, home, *way, menu_button(scene))))


def _named(scene: Scene, argument: str) -> Named | None:
    """The course a button names, if it is this person's own; else they are shown the list."""
    short, _, rest = argument.partition(".")
    wanted = long_id(short)
    found = enrolments.get(scene.session, wanted) if wanted is not None else None
    if found is None or found.person != scene.person.id:
        scene.note = scene.word("notes.old_button")
        list_page(scene)
        return None
    known = known_of(scene)
    return Named(known, course_of(known, found), rest)


PAGES: dict[str, Callable[[Scene, str], None]] = {
    "workshops": list_page,
    "course": course_page,
    "join": join,
    "instead": instead,
    "lesson": lesson_page,
    "next_ws": open_next,
    "leave_ws": leave,
    "back_ws": come_back,
}
"""What the buttons of workshops do."""
