"""Joining, leaving, coming back, being given a workshop by a therapist and losing it, its end.

One runs at a time; what a therapist gives meanwhile waits its turn.
"""

from dataclasses import replace
from uuid import UUID

from bot.care.workshop import ends_on
from bot.catalog.workshop import Workshop
from bot.store import enrolments, members, people
from bot.store.enrolments import Enrolment, State
from bot.store.groups import Group
from bot.store.ids import new_id
from bot.store.people import Standing
from bot.usecases import timetable
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known
from bot.usecases.workshops.course import Course, course_of, today
from bot.usecases.workshops.gifts import Gift

HERE = (State.RUNNING, State.WAITING)


def join(known: Known, workshop: Workshop, given_by: UUID | None = None) -> Enrolment | None:
    """Begins it, or lets it wait while another runs; None if the person is in it already."""
    mine = enrolments.of_person(known.session, known.person.id)
    if any(each.workshop == workshop.id and each.state in HERE for each in mine):
        return None
    waits = any(each.state is State.RUNNING for each in mine)
    kept = Enrolment(
        *(new_id(known.now), known.person.id, workshop.id, workshop.revision, State.WAITING),
        *(given_by, known.now),
    )
    enrolments.add(known.session, kept, workshop, known.now)
    return kept if waits else _begin(known, course_of(known, kept))


def _begin(known: Known, course: Course) -> Enrolment:
    day = today(known)
    begun = replace(
        course.enrolment,
        state=State.RUNNING,
        joined_on=day,
        ends_on=ends_on(course.workshop, day),
    )
    enrolments.save(known.session, begun)
    timetable.lessons(known)
    return begun


def leave(known: Known, enrolment: Enrolment) -> None:
    """At once and without a word to anybody; everything that was done stays."""
    _over(known, enrolment, State.LEFT)


def come_back(known: Known, course: Course) -> bool:
    """Goes on where the person was; False where another workshop runs or its time is over."""
    others = enrolments.running(known.session, known.person.id)
    if course.enrolment.state is not State.LEFT or others is not None:
        return False
    if course.is_over(today(known)):
        return False
    if course.enrolment.joined_on is None:  # it was left before its turn came
        _begin(known, course)
        return True
    enrolments.save(known.session, replace(course.enrolment, state=State.RUNNING))
    timetable.lessons(known)
    return True


def end(known: Known, enrolment: Enrolment) -> None:
    """Its end date has come."""
    _over(known, enrolment, State.ENDED)


def _over(known: Known, enrolment: Enrolment, state: State) -> None:
    enrolments.save(known.session, replace(enrolment, state=state))
    _what_waits(known)


def _what_waits(known: Known) -> None:
    """The next one begins, where none runs any more."""
    mine = enrolments.of_person(known.session, known.person.id)
    if any(each.state is State.RUNNING for each in mine):
        return
    waiting = next((each for each in mine if each.state is State.WAITING), None)
    if waiting is None:
        timetable.no_lessons(known)
    else:
        _begin(known, course_of(known, waiting))


def give(
    scene: Scene, group: Group, person: UUID | None, workshop: Workshop
) -> tuple[Enrolment, ...]:
    """Gives it to a whole group or to one person; the first lesson comes at each one's own hour.
    Those it is new to. `scene` is the therapist's."""
    session, kit, now = scene.session, scene.kit, scene.now
    given = []
    for each in members.of_group(session, kit.vault, group.id):
        found = people.get(session, each.person) if person in (None, each.person) else None
        if found is not None and found.standing is Standing.MEMBER:
            known = Known(session, kit, found, now)
            fresh = join(known, workshop, scene.person.id)
            given += [fresh] if fresh is not None else []
    if given:  # a second tap gives nothing
        _note(scene, "workshop.given", group.id, person)
    return tuple(given)


def take_back(scene: Scene, gift: Gift) -> int:
    """No lesson comes any more, also none that is queued; for how many it was so. What somebody has
    done stays, and whoever has begun can go on by themselves; for the others it never was. `scene`
    is the therapist's."""
    many = 0
    for each in gift.enrolments:
        person = people.get(scene.session, each.person)  # locked: they may be leaving it themselves
        found = enrolments.get(scene.session, each.id)
        if person is None or found is None or found.state not in HERE:
            continue
        many += 1
        known = Known(scene.session, scene.kit, person, scene.now)
        if enrolments.opened(scene.session, found.id):
            leave(known, found)
        else:
            enrolments.remove(scene.session, found.id)
            _what_waits(known)
    if many:
        _note(scene, "workshop.taken_back", gift.group, gift.person)
    return many


def _note(scene: Scene, action: str, group: UUID, person: UUID | None) -> None:
    scene.record(action, person, "care" if person is not None else group.hex)
