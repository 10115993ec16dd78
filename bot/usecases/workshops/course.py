"""Where one person is in one workshop: which lessons have opened, and whether the next one may."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.care.workshop import Standing, ended_since, opens
from bot.catalog.text import said
from bot.catalog.workshop import Lesson, Workshop
from bot.store import enrolments, groups, past_runs
from bot.store.enrolments import Enrolment, Opened, State
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known


@dataclass(frozen=True, slots=True)
class Course:
    """One person in one workshop."""

    enrolment: Enrolment
    workshop: Workshop
    opened: tuple[Opened, ...]

    @property
    def next(self) -> Lesson | None:
        """The next lesson, None when all have opened."""
        names = {each.lesson for each in self.opened}
        return next((each for each in self.workshop.lessons if each.id not in names), None)

    @property
    def last(self) -> tuple[Lesson, Opened] | None:
        """The lesson that opened last."""
        for each in reversed(self.opened):
            place = self.workshop.place(each.lesson)
            if place is not None:
                return self.workshop.lessons[place], each
        return None

    def is_over(self, day: date) -> bool:
        """Whether its end date has come."""
        ends = self.enrolment.ends_on
        return ends is not None and day >= ends


def known_of(scene: Scene) -> Known:
    """What has to be known of the person of this scene."""
    return Known(scene.session, scene.kit, scene.person, scene.now)


def today(known: Known) -> date:
    """The person's own date."""
    return known.now.astimezone(ZoneInfo(known.person.zone)).date()


def course_of(known: Known, enrolment: Enrolment) -> Course:
    """Everything about one enrolment."""
    session = known.session
    return Course(
        enrolment,
        enrolments.definition(session, enrolment),
        tuple(enrolments.opened(session, enrolment.id)),
    )


def running(known: Known) -> Course | None:
    """The workshop that runs, if one does."""
    found = enrolments.running(known.session, known.person.id)
    return None if found is None else course_of(known, found)


def latest(known: Known, name: str) -> Course | None:
    """The newest enrolment in the workshop of this id, whatever its state."""
    mine = enrolments.of_person(known.session, known.person.id)
    found = [each for each in mine if each.workshop == name]
    return course_of(known, found[-1]) if found else None


def in_words(scene: Scene) -> str:
    """All workshops somebody is or was in, with the lessons that have opened, in one line."""
    known = known_of(scene)
    mine = enrolments.of_person(scene.session, scene.person.id)
    return "; ".join(_in_words(scene, course_of(known, each)) for each in mine)


def _in_words(scene: Scene, course: Course) -> str:
    state = scene.word(f"workshops.state.{course.enrolment.state.value}")
    count = f"{len(course.opened)}/{len(course.workshop.lessons)}"
    return f"{said(course.workshop.title, scene.language)} ({state}, {count})"


def is_done(known: Known, lesson: Lesson, opened: Opened) -> bool:
    """Whether its exercise was finished since it opened."""
    person, vault = known.person.id, known.kit.vault
    done = past_runs.history(
        *(known.session, vault, person), limit=1, exercise=lesson.exercise, since=opened.at
    )
    return bool(done)


def may_open(known: Known, course: Course, day: date) -> bool:
    """Whether the next lesson may open for this person on this local date."""
    lesson = course.next
    if lesson is None or course.enrolment.state is not State.RUNNING or course.is_over(day):
        return False
    return opens(lesson.opens, _standing(known, course), day)


def _standing(known: Known, course: Course) -> Standing:
    last = course.last
    if last is None:
        return Standing()
    lesson, opened = last
    return Standing(opened.on, is_done(known, lesson, opened), _session_since(known, opened))


def _session_since(known: Known, opened: Opened) -> bool:
    if known.group is None:
        return False
    meets = groups.sessions_of(known.session, known.group.id)
    length = timedelta(minutes=max((each.minutes for each in meets), default=0))
    return ended_since(known.sessions, length, opened.at, known.now)
