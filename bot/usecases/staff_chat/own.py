"""What a member of staff may see: their own groups and who is in them. Asked at every step."""

from uuid import UUID

from bot.messages.callback import long_id
from bot.store import groups, members, newcomers, people, staff
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.newcomers import Newcomer
from bot.store.people import Standing
from bot.store.staff import Role, Staff
from bot.usecases.scene import Scene


def me(scene: Scene) -> Staff | None:
    """The member of staff whose chat this is, as long as they work here."""
    if scene.person.standing is not Standing.STAFF:
        return None
    found = staff.get(scene.session, scene.kit.vault, scene.person.id)
    return found if found is not None and found.active else None


def is_at_work(scene: Scene) -> bool:
    """Whether this is the chat of somebody who works here."""
    return me(scene) is not None


def own_groups(scene: Scene) -> list[Group]:
    """The groups they look after, by name; all of them for the lead."""
    who = me(scene)
    if who is None:
        return []
    mine = set(staff.groups_of(scene.session, who.id))
    everything = groups.groups(scene.session)
    return [each for each in everything if who.role is Role.LEAD or each.id in mine]


def group_named(scene: Scene, short: str) -> Group | None:
    """The group a button names, if it is theirs."""
    wanted = long_id(short)
    return next((each for each in own_groups(scene) if each.id == wanted), None)


def own_newcomers(scene: Scene) -> list[Newcomer]:
    """Who waits for one of their groups."""
    mine = [each.id for each in own_groups(scene)]
    return newcomers.of_groups(scene.session, scene.kit.vault, mine)


def newcomer_named(scene: Scene, short: str) -> Newcomer | None:
    """The newcomer a button names, if they wait for one of their groups."""
    wanted = long_id(short)
    return next((each for each in own_newcomers(scene) if each.person == wanted), None)


def member_named(scene: Scene, short: str) -> Member | None:
    """The participant a button names, if they are or were in one of their groups."""
    wanted = long_id(short)
    found = members.get(scene.session, scene.kit.vault, wanted) if wanted is not None else None
    mine = {each.id for each in own_groups(scene)}
    return found if found is not None and found.group in mine else None


def alias_of(scene: Scene, member: Member | None) -> str:
    """What staff are told somebody is called: the alias, or that there is none yet."""
    return (member.alias if member is not None else None) or scene.word("staff.no_alias")


def alias_by_id(scene: Scene, person: UUID) -> str:
    """The same of somebody of whom only the id is known."""
    found = members.alias_of(scene.session, scene.kit.vault, person)
    return found or scene.word("staff.no_alias")


def standing_of(scene: Scene, person: UUID) -> Standing:
    """What somebody is to the programme now."""
    return people.standing_of(scene.session, person) or Standing.STRANGER
