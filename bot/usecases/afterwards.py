"""What follows when an exercise has ended, besides its own summary: the urge it was begun for, and
the workshop it is a lesson of."""

from uuid import UUID

from bot.catalog.exercise import Exercise, Modality
from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import dues
from bot.usecases import asked, offering
from bot.usecases.scene import Scene
from bot.usecases.workshops.coming import coming
from bot.usecases.workshops.course import known_of, may_open, running, today

LOG = "sud.craving"
"""The craving log: how strong, ten minutes with a timer, how strong now."""
URGE = "urge"
"""The kind of due row that keeps /urge in mind for a while; when it rings, it is just gone."""


def urge_key(person: UUID) -> str:
    """One urge at a time."""
    return f"urge.{person.hex}"


def show(scene: Scene, exercise: Exercise) -> None:
    """Says what belongs after it."""
    _urge(scene, exercise)
    _lesson(scene, exercise)


def _urge(scene: Scene, exercise: Exercise) -> None:
    """After a tool that was begun for an urge: how strong is it now?"""
    key = urge_key(scene.person.id)
    if exercise.modality in (Modality.CHECK_IN, Modality.MEASURE):
        return
    if dues.find_due(scene.session, key) is None:
        return
    dues.clear_due(scene.session, key)
    if exercise.id == LOG or not offering.is_open(scene, LOG):
        return
    log = Button(text=scene.word("urge.log"), data=for_menu("begin", LOG))
    passed = Button(text=scene.word("urge.passed"), data=for_menu("menu"))
    help_now = Button(text=scene.word("keys.help_now"), data=for_menu("help"))
    text = scene.kit.words.text(scene.language, "urge_now")
    scene.post(Message(text=text, buttons=((log,), (passed,), (help_now,))))
    asked.open_for(scene, URGE)


def _lesson(scene: Scene, exercise: Exercise) -> None:
    """Where the person is in their workshop, and the next lesson if it may open."""
    known = known_of(scene)
    course = running(known)
    if course is None or course.last is None or course.last[0].exercise != exercise.id:
        return
    lesson, _ = course.last
    place = course.workshop.place(lesson.id)
    text = scene.kit.words.text(
        scene.language,
        "workshops/done",
        title=said(course.workshop.title, scene.language),
        number=(place or 0) + 1,
        count=len(course.workshop.lessons),
        coming=coming(scene, known, course),
    )
    buttons = []
    if may_open(known, course, today(known)):
        data = for_menu("next_ws", short_id(course.enrolment.id))
        buttons.append(Button(text=scene.word("workshops.next"), data=data))
    title = said(course.workshop.title, scene.language)
    buttons.append(Button(text=title, data=for_menu("course", course.workshop.id)))
    scene.post(Message(text=text, buttons=tuple((each,) for each in buttons)))
