"""A therapist moves somebody to step-down, or back to the whole programme; the schedules follow."""

from dataclasses import replace
from uuid import UUID

from bot.care.phase import Phase, phase_of
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import members, people
from bot.store.members import Member
from bot.store.people import Participant
from bot.usecases import pairs, timetable
from bot.usecases.profile.steps import STEPS
from bot.usecases.scene import Scene

MOVES = {Phase.ACTIVE: Phase.STEP_DOWN, Phase.STEP_DOWN: Phase.ACTIVE}
"""Where somebody can be moved from where they are; discharge is a step of its own."""


def phase(person: Participant, member: Member | None) -> Phase:
    """Where somebody is on their way."""
    arriving = person.onboarding in STEPS
    step = member.phase if member is not None else None
    return phase_of(person.standing.value, step, arriving=arriving)


def move(scene: Scene, person_id: UUID, to: Phase) -> bool:
    """Moves them and tells them; False where they cannot go there from where they are.

    `scene` is the therapist's.
    """
    session, vault = scene.session, scene.kit.vault
    person, member = people.get(session, person_id), members.get(session, vault, person_id)
    if person is None or member is None or MOVES.get(phase(person, member)) is not to:
        return False
    known = timetable.Known(session, scene.kit, person, scene.now)
    timetable.account_all(known)
    members.set_phase(session, person_id, to.value if to is Phase.STEP_DOWN else None)
    timetable.follow(timetable.Known(session, scene.kit, person, scene.now))
    scene.record("phase.moved", person_id, to.value)
    theirs = scene.beside(replace(person))
    text = theirs.kit.words.text(theirs.language, "phases/moved", phase=to.value)
    rows: Rows = ()
    if to is Phase.STEP_DOWN:
        rows = ((Button(text=theirs.word("phase.choose"), data=for_menu("stay")),),)
    theirs.post(Message(text=text, buttons=rows))
    if to is Phase.STEP_DOWN:
        pairs.ask_to_stay(theirs)
    return True
