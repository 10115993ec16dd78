"""A participant's phase in the chat of a therapist: moving it, and taking somebody in again."""

from bot.care.phase import Phase
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import groups, people
from bot.store.members import Member
from bot.store.people import Standing
from bot.usecases import confirm
from bot.usecases.phases import moving
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back, menu
from bot.usecases.staff_chat.time import day


def of(scene: Scene, member: Member) -> Phase:
    """Where a participant is on their way."""
    person = people.look(scene.session, member.person)
    assert person is not None  # whoever has a place has a row
    return moving.phase(person, member)


def move_button(scene: Scene, member: Member, named: str) -> Rows:
    """The step that can be taken from here, besides finishing."""
    to = moving.MOVES.get(of(scene, member))
    if to is None:
        return ()
    label = scene.word(f"phase.move.{to.value}")
    return ((Button(text=label, data=for_menu("phase", f"{named}.{to.value}")),),)


def move(scene: Scene, argument: str) -> None:
    """Moves somebody: they are told, and their messages follow."""
    named, _, to = argument.partition(".")
    member = own.member_named(scene, named)
    wanted = {each.value: each for each in moving.MOVES.values()}.get(to)
    if member is None or wanted is None or not moving.move(scene, member.person, wanted):
        scene.note = scene.word("notes.old_button")
        menu(scene)
        return
    scene.settled = True
    alias = own.alias_of(scene, member)
    text = scene.kit.words.text(scene.language, "staff/moved", alias=alias, phase=wanted.value)
    button = Button(text=scene.word("staff.one_person"), data=for_menu("participant", named))
    scene.post(Message(text=text, buttons=((button,), *back(scene))))


def returning(scene: Scene, named: str) -> None:
    """Somebody who finished and wants back in: who it is, and the tap that takes them in."""
    member = own.member_named(scene, named)
    group = groups.group(scene.session, member.group) if member is not None else None
    if member is None or group is None or not _has_finished(scene, member):
        scene.note = scene.word("group_life.gone")
        menu(scene)
        return
    ended = member.discharged_at
    text = scene.kit.words.text(
        scene.language,
        "staff/returning",
        alias=own.alias_of(scene, member),
        group=group.name,
        ended=day(scene, ended, group.zone) if ended is not None else "",
    )
    yes = Button(text=scene.word("phase.take_in"), data=for_menu("take_in", named))
    scene.post(Message(text=text, buttons=((yes,), *back(scene))))


def take_in(scene: Scene, named: str) -> None:
    """They take part again; nothing of theirs is deleted."""
    member = own.member_named(scene, named)
    person = people.get(scene.session, member.person) if member is not None else None
    if member is None or person is None or not _has_finished(scene, member):
        scene.note = scene.word("group_life.gone")
        menu(scene)
        return
    confirm.let_in(scene, person, "participant.returned")
    scene.settled = True
    alias = own.alias_of(scene, member)
    text = scene.kit.words.text(scene.language, "staff/taken_in", alias=alias)
    scene.post(Message(text=text, buttons=back(scene)))


def _has_finished(scene: Scene, member: Member) -> bool:
    return own.standing_of(scene, member.person) is Standing.DISCHARGED
