"""Workshops in the chat: which there are, and where the person is in one of them."""

from bot.catalog.text import said
from bot.catalog.workshop import Workshop
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message, Rows
from bot.store.enrolments import State
from bot.usecases.menu import column, menu_button
from bot.usecases.offering import Offering
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known, lessons
from bot.usecases.toolbox import toolbox_button
from bot.usecases.workshops import enrol
from bot.usecases.workshops.coming import coming
from bot.usecases.workshops.course import (
    Course,
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
)


def list_page(scene: Scene, _: str = "") -> None:
    """The one that runs first, then what else can be joined."""
    known = known_of(scene)
    current = running(known)
    track = known.group.track if known.group is not None else None
    offering = Offering(scene)
    offered = [
        each
        for each in scene.kit.workshops.known.values()
        if each.suits(track)
        and offering.leads_through(each)
        and (current is None or each.id != current.workshop.id)
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


def _goodbye(scene: Scene, known: Known, course: Course) -> None:
    """For somebody without hours of their own, who comes by themselves."""
    text = goodbye(scene, course)
    enrol.end(known, course.enrolment)
    scene.post(Message(text=text, buttons=column(toolbox_button(scene), menu_button(scene))))
