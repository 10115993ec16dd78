"""The therapist knows who a newcomer is: from now on they take part. Or they do not belong here."""

from dataclasses import replace
from datetime import timedelta

from bot.store import members, newcomers, people
from bot.store.newcomers import Newcomer
from bot.store.people import Participant, Standing
from bot.usecases import door, onboard, pending, retention
from bot.usecases.phases import alumni
from bot.usecases.scene import Scene
from bot.usecases.timetable import Known

FIRST_STEP = "frame"
"""Where the onboarding begins."""
GOODBYE = timedelta(hours=1)
"""So long the last words have to arrive before somebody who was turned away is forgotten."""


def confirm(scene: Scene, newcomer: Newcomer) -> None:
    """Lets a newcomer in and begins the first steps with them. `scene` is the therapist's."""
    person = _who_waits(scene, newcomer)
    if person is not None:
        let_in(scene, person, "newcomer.confirmed")


def let_in(scene: Scene, person: Participant, action: str) -> None:
    """From now on they take part (again), beginning with the first steps."""
    session, now = scene.session, scene.now
    members.confirm(session, person.id, scene.person.id, now)
    members.set_discharged(session, person.id, None)
    members.set_phase(session, person.id, None)
    alumni.end_hellos(Known(session, scene.kit, person, now))
    people.set_standing(session, person.id, Standing.MEMBER)
    people.set_onboarding(session, person.id, FIRST_STEP)
    scene.record(action, person.id, "care")
    known = replace(person, standing=Standing.MEMBER, onboarding=FIRST_STEP)
    theirs = scene.beside(known)
    door.keep(theirs)
    pending.arrived(session, person.id)
    retention.call_off(session, person.id)
    onboard.begin(theirs)


def turn_away(scene: Scene, newcomer: Newcomer) -> None:
    """Sends somebody away who does not belong here, kindly. `scene` is the therapist's."""
    person = _who_waits(scene, newcomer)
    if person is None:
        return
    theirs = scene.beside(person)
    back = pending.is_coming_back(theirs)
    if back:
        pending.step_back(theirs)
    else:
        newcomers.turn_away(scene.session, person.id)
        people.set_standing(scene.session, person.id, Standing.STRANGER)
        door.forget_after(theirs, GOODBYE)
    scene.record("newcomer.turned_away", person.id, "care")
    theirs.say("pending/turned_away")


def _who_waits(scene: Scene, newcomer: Newcomer) -> Participant | None:
    person = people.get(scene.session, newcomer.person)
    return person if person is not None and person.standing is Standing.PENDING else None
