"""A therapist opens an exercise for one person that the track keeps closed: one tap, on record."""

from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.messages.callback import for_menu, number_in, short_id
from bot.messages.message import Button, Message
from bot.store import audit, enabled, people
from bot.store.members import Member
from bot.store.people import Standing
from bot.usecases.offering import Offering
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back
from bot.usecases.staff_chat.people import groups_page

PAGE = 8
ALLOW = "allow"
"""What opens one: short, as an id of a person and the longest id of an exercise stand behind it, in
the 64 bytes that a button carries."""


def page(scene: Scene, argument: str) -> None:
    """What is closed for this person, in pages."""
    named, _, number = argument.partition(".")
    member = _member(scene, named)
    if member is None:
        groups_page(scene)
        return
    at = number_in(number, 2) or 0
    closed = _closed(scene, member)
    shown = closed[at * PAGE : (at + 1) * PAGE]
    rows = [
        Button(text=said(each.title, scene.language), data=for_menu(ALLOW, f"{named}.{each.id}"))
        for each in shown
    ]
    if len(closed) > (at + 1) * PAGE:
        more = for_menu("enabling", f"{named}.{at + 1}")
        rows.append(Button(text=scene.word("staff.assign_more"), data=more))
    _post(scene, member, rows, some=bool(closed))


def enable(scene: Scene, argument: str) -> None:
    """Opens it, and says so; the person finds it in their menu and on record in /who."""
    named, _, exercise_id = argument.partition(".")
    member = _member(scene, named)
    exercise = scene.kit.library.find(exercise_id)
    if member is None or exercise is None:
        groups_page(scene)
        return
    open_for(scene, member, exercise)
    scene.settled = True
    more = Button(text=scene.word("staff.enable"), data=for_menu("enabling", f"{named}.0"))
    _post(scene, member, [more], opened=said(exercise.title, scene.language))


def open_for(scene: Scene, member: Member, exercise: Exercise) -> bool:
    """Opens it for one person, on record; False if it was open already. `scene` is the
    therapist's."""
    by = scene.person.id
    if not enabled.enable(scene.session, member.person, exercise.id, by, scene.now):
        return False
    audit.write(
        scene.session,
        actor=by,
        subject=member.person,
        action="exercise.enabled",
        reason="care",
        now=scene.now,
    )
    return True


def _member(scene: Scene, named: str) -> Member | None:
    """The participant of this button, if they are theirs and take part now."""
    member = own.member_named(scene, named)
    here = member is not None and own.standing_of(scene, member.person) is Standing.MEMBER
    return member if here else None


def _closed(scene: Scene, member: Member) -> list[Exercise]:
    person = people.look(scene.session, member.person)
    assert person is not None  # they have a place in a group
    theirs = Scene(scene.session, scene.kit, person, scene.now, scene.cause)
    closed = Offering(theirs).closed()
    return sorted(closed, key=lambda each: said(each.title, scene.language).casefold())


def _post(
    scene: Scene, member: Member, rows: list[Button], *, some: bool = True, opened: str = ""
) -> None:
    alias = own.alias_of(scene, member)
    text = scene.kit.words.text(
        scene.language, "staff/enable", alias=alias, some=some, opened=opened
    )
    person = Button(
        text=scene.word("staff.one_person"),
        data=for_menu("participant", short_id(member.person)),
    )
    buttons = (*((each,) for each in rows), (person,), *back(scene))
    scene.post(Message(text=text, buttons=buttons))
