"""The group ring, from the database: who agreed to be counted, and who of them practised."""

from uuid import UUID

from bot.care import group_ring as rings
from bot.care.group_ring import GroupRing
from bot.catalog.consents import Scope
from bot.store import groups, members, people, practised
from bot.store.people import Standing
from bot.usecases import consented
from bot.usecases.scene import Scene


def of_group(scene: Scene, group_id: UUID) -> GroupRing | None:
    """The figure of a group; None where fewer than five of those in it agreed to be counted."""
    session, kit = scene.session, scene.kit
    group = groups.group(session, group_id)
    if group is None:
        return None
    counted = {
        each.person
        for each in members.of_group(session, kit.vault, group_id)
        if people.standing_of(session, each.person) is Standing.MEMBER
        and consented.agreed(session, kit, each.person, needs=Scope.NUMBERS_COUNTED)
    }
    start, end = rings.window(group.zone, scene.now)
    return rings.group_ring(counted, practised.practised(session, counted, start, end))


def line(scene: Scene, group_id: UUID) -> str:
    """The figure in words; "" where there is none, or nobody has practised yet."""
    ring = of_group(scene, group_id)
    if ring is None or ring.practised == 0:
        return ""
    return scene.word("board.ring", practised=ring.practised, counted=ring.counted)


def own_line(scene: Scene) -> str:
    """The figure of the person's own group."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    return "" if member is None else line(scene, member.group)
