"""One lesson as a message, and the goodbye at the end date: what helped, and that all stays."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.care.toolbox import Tool, toolbox
from bot.catalog.text import said
from bot.catalog.workshop import Lesson, Workshop
from bot.messages import several
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button
from bot.store.enrolments import Enrolment
from bot.usecases.practices import practised
from bot.usecases.scene import Scene
from bot.usecases.workshops.course import Course

BEST = 3
"""So many tools are named at the end."""


@dataclass(frozen=True, slots=True)
class Helped:
    """A tool by its name, for words."""

    title: str
    tool: Tool


def words_of(scene: Scene, course: Course, lesson: Lesson) -> str:
    """The lesson in words (Telegram HTML): where it stands, a minute to read, one question."""
    workshop, language = course.workshop, scene.language
    place = workshop.place(lesson.id)
    assert place is not None  # it was read from this workshop
    exercise = scene.kit.library.find(lesson.exercise)
    ends = course.enrolment.ends_on
    given = place == 0 and course.enrolment.given_by is not None
    return scene.kit.words.text(
        language,
        "workshops/lesson",
        workshop=said(workshop.title, language),
        number=place + 1,
        count=len(workshop.lessons),
        given=given,
        until=day_said(scene, ends) if place == 0 and ends is not None else "",
        draft=given and workshop.review.status == "draft",
        title=said(lesson.title, language),
        text=Markup(said(lesson.text, language)),  # noqa: S704 # ours, and checked when read
        exercise=said(exercise.title, language) if exercise is not None else "",
        minutes=exercise.minutes if exercise is not None else 0,
        ask=said(lesson.ask, language),
    )


def goodbye(scene: Scene, course: Course) -> str:
    """The words of the end date (Telegram HTML)."""
    workshop, language = course.workshop, scene.language
    practices = [
        each
        for each in practised(scene, course.enrolment.created_at)
        if each.exercise in workshop.exercises
    ]
    best = [
        Helped(said(found.title, language), tool)
        for tool in toolbox(practices)
        if (found := scene.kit.library.find(tool.exercise)) is not None
    ]
    return scene.kit.words.text(
        language,
        "workshops/end",
        workshop=said(workshop.title, language),
        ending=Markup(said(workshop.ending, language)),  # noqa: S704 # ours, checked when read
        count=len(practices),
        best=best[:BEST],
    )


def leave_button(scene: Scene, enrolment: Enrolment) -> Button:
    """The way out, below every lesson."""
    data = for_menu("leave_ws", short_id(enrolment.id))
    return Button(text=scene.word("workshops.leave"), data=data)


def course_button(scene: Scene, workshop: Workshop) -> Button:
    """The page of a workshop, by its name."""
    return Button(text=said(workshop.title, scene.language), data=for_menu("course", workshop.id))


def day_said(scene: Scene, day: date) -> str:
    """A date with its weekday, as the person writes it."""
    return several.day_said(scene.kit.words, scene.language, day)
