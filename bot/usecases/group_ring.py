"""The group ring, from the database: who agreed to be counted, and who of them practised."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.care import group_ring as rings
from bot.care.group_ring import GroupRing
from bot.catalog.consents import Scope
from bot.messages.message import Message
from bot.store import groups, members, practised
from bot.store.groups import Group
from bot.store.outbox import guards
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


def said(scene: Scene, ring: GroupRing | None) -> str:
    """The figure in words; "" where there is none, or nobody has practised yet."""
    if ring is None or ring.practised == 0:
        return ""
    return scene.word("board.ring", practised=ring.practised, counted=ring.counted)


def post(scene: Scene, group_id: UUID, made: Callable[[GroupRing | None], Message]) -> None:
    """Posts the message that is `made` with the figure of a group. Until it is sent, everybody
    counted can still take their yes back: then the same goes out without a figure."""
    found, plain = of_group(scene, group_id), made(None)
    shown = made(found)
    if found is None or shown == plain:
        scene.post(plain)
        return
    key = f"{scene.cause}.{scene.posted}"
    scene.post(shown, guard=_all_agree(scene, group_id), key=key)
    scene.post(plain, guard=guards.instead(key))


def _all_agree(scene: Scene, group_id: UUID) -> str:
    group = groups.group(scene.session, group_id)
    counted = counted_in(scene.session, scene.kit, group) if group is not None else frozenset()
    return " ".join(
        consented.guard(scene.kit, each, needs=Scope.NUMBERS_COUNTED) for each in sorted(counted)
    )
