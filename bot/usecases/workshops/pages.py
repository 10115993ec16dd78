"""Workshops in the chat: which there are, one of them, a lesson, joining, leaving, coming back."""

from collections.abc import Callable
from typing import NamedTuple

from bot.catalog.text import said
from bot.catalog.workshop import Lesson, Workshop
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message, Rows
from bot.store import enrolments
from bot.store.enrolments import State
from bot.usecases.menu import begin_button, column, menu_button
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known, lessons
from bot.usecases.toolbox import toolbox_button
from bot.usecases.workshops import enrol
from bot.usecases.workshops.coming import coming
from bot.usecases.workshops.course import (
    Course,
    course_of,
    known_of,
    latest,
    may_open,
    running,
    today,
)
from bot.usecases.workshops.lesson import (
    course_button,
    day_said,
    goodbye,
    leave_button,
    words_of,
)


class Named(NamedTuple):
    """A person's own course, and what else a button said."""

    known: Known
    course: Course
    rest: str


def list_page(scene: Scene, _: str = "") -> None:
    """The one that runs first, then what else can be joined."""
    known = known_of(scene)
    current = running(known)
    track = known.group.track if known.group is not None else None
    offered = [
        each
        for each in scene.kit.workshops.known.values()
        if each.suits(track) and (current is None or each.id != current.workshop.id)
    ]
    text = scene.kit.words.text(
        scene.language,
        "workshops/list",
        current=said(current.workshop.title, scene.language) if current else "",
        number=len(current.opened) if current else 0,
        count=len(current.workshop.lessons) if current else 0,
        offered=[
            {
                "title": said(each.title, scene.language),
                "summary": said(each.summary, scene.language),
            }
            for each in offered
        ],
    )
    first = [course_button(scene, current.workshop)] if current else []
    rest = [course_button(scene, each) for each in offered]
    scene.post(Message(text=text, buttons=column(*first, *rest, menu_button(scene))))


def course_page(scene: Scene, name: str) -> None:
    """One workshop: what it is, or where the person is in it."""
    known = known_of(scene)
    course = latest(known, name)
    workshop = scene.kit.workshops.find(name)
    if course is None or (course.enrolment.state is State.ENDED and workshop is not None):
        if workshop is None:
            scene.say("gone")
            list_page(scene)
        else:
            _offer(scene, workshop, course)
    elif course.enrolment.state is State.RUNNING and course.is_over(today(known)):
        _goodbye(scene, known, course)
    else:
        _show(scene, known, course)


def _offer(scene: Scene, workshop: Workshop, before: Course | None) -> None:
    """What it is, with a button to join; lessons of an earlier time stay to be read."""
    text = scene.kit.words.text(
        scene.language,
        "workshops/offer",
        title=said(workshop.title, scene.language),
        summary=said(workshop.summary, scene.language),
        count=len(workshop.lessons),
        days=workshop.days,
        again=before is not None,
        draft=workshop.review.status == "draft",
    )
    join = Button(text=scene.word("workshops.join"), data=for_menu("join", workshop.id))
    read = _opened(scene, before) if before is not None else []
    scene.post(Message(text=text, buttons=column(*read, join, _list(scene), menu_button(scene))))


def _show(scene: Scene, known: Known, course: Course) -> None:
    """Where the person is; the lessons so far; the next one, if it may open."""
    state = course.enrolment.state
    if state is State.RUNNING:
        lessons(known)  # hours may have been chosen since
    ends = course.enrolment.ends_on
    text = scene.kit.words.text(
        scene.language,
        "workshops/course",
        title=said(course.workshop.title, scene.language),
        state=state.value,
        number=len(course.opened),
        count=len(course.workshop.lessons),
        until=day_said(scene, ends) if ends is not None else "",
        coming=coming(scene, known, course),
    )
    scene.post(Message(text=text, buttons=_ways(scene, known, course)))


def _ways(scene: Scene, known: Known, course: Course) -> Rows:
    buttons = _opened(scene, course)
    named = short_id(course.enrolment.id)
    match course.enrolment.state:
        case State.RUNNING if may_open(known, course, today(known)):
            buttons.append(next_button(scene, course))
            buttons.append(leave_button(scene, course.enrolment))
        case State.RUNNING | State.WAITING:
            buttons.append(leave_button(scene, course.enrolment))
        case State.LEFT:
            back = Button(text=scene.word("workshops.back"), data=for_menu("back_ws", named))
            buttons.append(back)
        case State.ENDED:
            pass
    return column(*buttons, _list(scene), menu_button(scene))


def next_button(scene: Scene, course: Course) -> Button:
    """Opens the next lesson now."""
    data = for_menu("next_ws", short_id(course.enrolment.id))
    return Button(text=scene.word("workshops.next"), data=data)


def _opened(scene: Scene, course: Course) -> list[Button]:
    """The lessons that have opened; all of them once the workshop has ended."""
    named = short_id(course.enrolment.id)
    names = {each.lesson for each in course.opened}
    every = course.enrolment.state is State.ENDED
    return [
        Button(
            text=f"{at} · {said(each.title, scene.language)}",
            data=for_menu("lesson", f"{named}.{each.id}"),
        )
        for at, each in enumerate(course.workshop.lessons, 1)
        if every or each.id in names
    ]


def _list(scene: Scene) -> Button:
    return Button(text=scene.word("workshops.list"), data=for_menu("workshops"))


def join(scene: Scene, name: str) -> None:
    """Begins with the first lesson at once; asks first where another one runs."""
    known, workshop = known_of(scene), scene.kit.workshops.find(name)
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
    known, workshop = known_of(scene), scene.kit.workshops.find(name)
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


def _goodbye(scene: Scene, known: Known, course: Course) -> None:
    """For somebody without hours of their own, who comes by themselves."""
    text = goodbye(scene, course)
    enrol.end(known, course.enrolment)
    scene.post(Message(text=text, buttons=column(toolbox_button(scene), menu_button(scene))))


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
