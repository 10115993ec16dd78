"""The groups of a member of staff, and one participant of them: by alias, never by name."""

from babel.dates import get_day_names

from bot.catalog.consents import Scope
from bot.messages.callback import for_menu, short_id
from bot.messages.keyboard import by_length
from bot.messages.message import Button, Message, Rows
from bot.store import groups, members, people, spared
from bot.store.groups import Group, SessionTime
from bot.store.members import Member
from bot.store.outbox import guards
from bot.store.people import Standing
from bot.usecases import alert, consented
from bot.usecases.discharge import discharge
from bot.usecases.profile import topics
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own, phases
from bot.usecases.staff_chat.menu import back
from bot.usecases.staff_chat.time import day
from bot.usecases.staff_chat.which import which_group


def groups_page(scene: Scene, chosen: str = "") -> None:
    """The chosen group, or which there are."""
    group = which_group(scene, chosen, "groups")
    if group is not None:
        _group_page(scene, group)


def _group_page(scene: Scene, group: Group) -> None:
    everybody = members.of_group(scene.session, scene.kit.vault, group.id)
    by = {each.person: own.standing_of(scene, each.person) for each in everybody}
    here = [each for each in everybody if by[each.person] is Standing.MEMBER]
    waiting = sum(standing is Standing.PENDING for standing in by.values())
    text = scene.kit.words.text(
        scene.language,
        "staff/group",
        group=group.name,
        sessions=[_said(scene, each) for each in groups.sessions_of(scene.session, group.id)],
        waiting=waiting,
        members=len(here),
        finished=sum(standing is Standing.DISCHARGED for standing in by.values()),
    )
    first: Rows = ()
    if waiting:
        label = scene.word("staff.confirm_some", count=waiting)
        first = ((Button(text=label, data=for_menu("newcomers")),),)
    named = by_length([_button(scene, each) for each in here])
    scene.post(Message(text=text, buttons=(*first, *named, *back(scene))))
    scene.record("group.listed", None, group.id.hex)


def _said(scene: Scene, session: SessionTime) -> str:
    names = get_day_names("wide", locale=scene.language)
    return f"{names[session.weekday]} {session.starts}"


def _button(scene: Scene, member: Member) -> Button:
    return Button(
        text=own.alias_of(scene, member), data=for_menu("participant", short_id(member.person))
    )


def person_page(scene: Scene, named: str) -> None:
    """One participant: since when, and what can be done."""
    member = own.member_named(scene, named)
    if member is None or own.standing_of(scene, member.person) is not Standing.MEMBER:
        groups_page(scene)
        return
    group = groups.group(scene.session, member.group)
    assert group is not None
    known = people.look(scene.session, member.person)
    wishes = _topics(scene, member)
    text = scene.kit.words.text(
        scene.language,
        "staff/participant",
        reachable=known is None or known.reachable,
        alias=own.alias_of(scene, member),
        group=group.name,
        since=day(scene, member.confirmed_at or member.joined_at, group.zone),
        topics=wishes,
        phase=scene.word(f"phase.names.{phases.of(scene, member)}"),
    )
    finish = Button(text=scene.word("staff.finish"), data=for_menu("finish", named))
    group_button = Button(text=group.name, data=for_menu("groups", short_id(group.id)))
    give = Button(text=scene.word("staff.assign"), data=for_menu("assign", f"{named}.0"))
    weeks = Button(text=scene.word("staff.fortnight"), data=for_menu("fortnight", named))
    open_one = Button(text=scene.word("staff.enable"), data=for_menu("enabling", f"{named}.0"))
    moves = phases.move_button(scene, member, named)
    rows = ((weeks,), (give,), (open_one,), *moves, (finish,), (group_button,), *back(scene))
    guard = f"{guards.works(scene.person.id)} {guards.member(member.person)}"
    if wishes:  # said to whoever reads, as long as they may
        needs = Scope.THERAPIST_READS
        guard = f"{guard} {consented.guard(scene.kit, member.person, needs=needs)}"
    scene.post(Message(text=text, buttons=rows), guard=guard)
    scene.record("participant.opened", member.person, "care")


def _topics(scene: Scene, member: Member) -> list[str]:
    """What they want care with; for those only whom they let read their exercises."""
    agreed = consented.agreed(scene.session, scene.kit, member.person, needs=Scope.THERAPIST_READS)
    if not agreed:
        return []
    return topics.said(scene, spared.of_person(scene.session, scene.kit.vault, member.person))


def finish(scene: Scene, named: str) -> None:
    """Asks once whether this participant has finished the programme."""
    member = own.member_named(scene, named)
    programme = groups.programme(scene.session)
    if member is None or programme is None:
        groups_page(scene)
        return
    text = scene.kit.words.text(
        scene.language,
        "staff/finish",
        alias=own.alias_of(scene, member),
        days=programme.retention_days,
        waits=alert.has_open(scene.session, member.person),
        done=False,
    )
    yes = Button(text=scene.word("staff.finish_yes"), data=for_menu("finished", named))
    no = Button(text=scene.word("staff.finish_no"), data=for_menu("participant", named))
    scene.post(Message(text=text, buttons=((yes,), (no,))))


def finished(scene: Scene, named: str) -> None:
    """Does it."""
    member = own.member_named(scene, named)
    programme = groups.programme(scene.session)
    if member is None or programme is None or not discharge(scene, member.person):
        groups_page(scene)
        return
    scene.settled = True
    text = scene.kit.words.text(
        scene.language,
        "staff/finish",
        alias=own.alias_of(scene, member),
        days=programme.retention_days,
        waits=False,
        done=True,
    )
    scene.post(Message(text=text, buttons=back(scene)))
