"""The group ring, from the database: who agreed to be counted, and who of them practised."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.care import group_ring as rings
from bot.care.group_ring import GroupRing
from bot.catalog.consents import Scope
from bot.store import groups, members, practised
from bot.store.groups import Group
from bot.usecases import consented
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene


def of_group(scene: Scene, group_id: UUID) -> GroupRing | None:
    """The figure of a group; None where fewer than five of those in it agreed to be counted."""
    group = groups.group(scene.session, group_id)
    return None if group is None else ring(scene.session, scene.kit, group, scene.now)


def ring(session: Session, kit: Kit, group: Group, now: datetime) -> GroupRing | None:
    """The same, whoever asks."""
    counted = counted_in(session, kit, group)
    start, end = rings.window(group.zone, now)
    return rings.group_ring(counted, practised.practised(session, counted, start, end))


def counted_in(session: Session, kit: Kit, group: Group) -> frozenset[UUID]:
    """Who takes part in a group and agreed to be counted."""
    here = members.present(session, group.id)
    return consented.who_agreed(session, kit, here, needs=Scope.NUMBERS_COUNTED)


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
