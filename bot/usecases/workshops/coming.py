"""When the next lesson comes, in words."""

from bot.care.workshop import first_date
from bot.catalog.text import said
from bot.catalog.workshop import Opens
from bot.store.enrolments import State
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known
from bot.usecases.timetable.hours import hours_of, quiet_of
from bot.usecases.workshops.course import Course, may_open, today
from bot.usecases.workshops.lesson import day_said


def coming(scene: Scene, known: Known, course: Course) -> str:
    """One sentence; nothing where no lesson is left or the workshop does not run."""
    lesson, last = course.next, course.last
    if lesson is None or course.enrolment.state is not State.RUNNING:
        return ""
    if last is None or may_open(known, course, today(known)):
        return _sentence(scene, known, "now")
    match lesson.opens:
        case Opens.AFTER_PREVIOUS:
            exercise = scene.kit.library.find(last[0].exercise)
            title = said(exercise.title, scene.language) if exercise is not None else ""
            return _sentence(scene, known, "previous", title=title)
        case Opens.AFTER_SESSION:
            return _sentence(scene, known, "session")
        case None:
            return ""
        case rule:
            day = day_said(scene, first_date(rule, last[1].on))
            return _sentence(scene, known, "day", day=day)


def _sentence(scene: Scene, known: Known, when: str, **values: str) -> str:
    return scene.kit.words.text(
        *(scene.language, "workshops/coming"),
        **{"when": when, "clock": _hour(known), "day": "", "title": "", **values},
    )


def _hour(known: Known) -> str:
    """The own hour at which lessons come; "" for somebody who chose none."""
    member = known.member
    hours = hours_of(member, quiet_of(member)) if member is not None else []
    return f"{hours[-1]:%H:%M}" if hours else ""
