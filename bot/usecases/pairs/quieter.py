"""Somebody has become quieter: their partner may be told, gently, if they agreed to that."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.care.pairing import State
from bot.care.pairing.ticks import BEFORE, LATELY, has_become_quieter, may_tell
from bot.catalog.phrases import PhraseKind
from bot.store import activity, pairs
from bot.store.dues import Due
from bot.store.outbox import Kind as Post
from bot.store.outbox import guards
from bot.store.pair_shares import Kind
from bot.store.pairs import StoredPair
from bot.store.people import Participant
from bot.usecases.pairs import nudging, own, sharing, telling
from bot.usecases.scene import Scene

LOOKED_AT = timedelta(days=BEFORE + LATELY + 2)


def ring(scene: Scene, due: Due) -> None:
    """Once a day, at the time of whoever would be told."""
    stored = pairs.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or not own.is_on(stored):
        return
    tomorrow = own.today(scene) + timedelta(days=1)
    telling.plan(scene, telling.LOOK, stored.id, own.asked_at(scene, tomorrow))
    other = telling.other(scene, stored.partner_of(scene.person.id))
    if other is None or stored.state is not State.ACTIVE:
        return
    if Kind.QUIET in sharing.seen(scene, stored, other.id) and _is_quieter(scene, stored, other):
        _tell(scene, stored, other)


def _is_quieter(scene: Scene, stored: StoredPair, other: Participant) -> bool:
    if not may_tell(pairs.noticed_on(scene.session, stored.id, other.id), own.today(scene)):
        return False
    moments = activity.finished(scene.session, other.id, scene.now - LOOKED_AT)
    return has_become_quieter(moments, scene.now, ZoneInfo(other.zone))


def _tell(scene: Scene, stored: StoredPair, other: Participant) -> None:
    today = own.today(scene)
    pairs.notice(scene.session, stored.id, other.id, today)
    key = f"pairquiet.{stored.id.hex}.{other.id.hex}.{today:%Y%m%d}"
    shared = sharing.guard(scene, stored, other.id, Kind.QUIET)
    guard = f"{guards.passes(stored.id, scene.person.id)} {shared}"
    rows = nudging.phrase_rows(scene, stored, PhraseKind.HELLO)
    alias = own.alias(scene, other.id)
    telling.write(scene, "quieter", rows, guard=guard, key=key, kind=Post.NUDGE, alias=alias)
