"""How much of the card that answers danger somebody was shown a short while ago."""

from datetime import timedelta

from bot.catalog.risk import Tier
from bot.store import alerts
from bot.store.alert_items import Detail
from bot.usecases.scene import Scene

SHORTER = timedelta(minutes=30)
"""So long after the whole card, one line is enough (clinical notes, D6)."""
APART = frozenset({"overdose", "withdrawal", "harm", "danger", "abuse"})
"""Cards that say what no other does: nobody finds "on their side" in "I read that too"."""


def just_carded(scene: Scene, detail: Detail) -> bool:
    """Whether a whole card was shown within the last half hour."""
    return detail.carded_at is not None and abs(scene.now - detail.carded_at) < SHORTER


def just_again(scene: Scene, detail: Detail, tier: Tier) -> bool:
    """Whether the short card, at least of this gravity, was."""
    recent = detail.again_at is not None and abs(scene.now - detail.again_at) < SHORTER
    return recent and Tier(detail.again) >= tier


def knows(scene: Scene, detail: Detail, tier: Tier, card: str) -> bool:
    """Whether they got the whole card of this gravity a short while ago, and this one if it says
    what no other does."""
    if not just_carded(scene, detail) or (card in APART and card not in detail.cards):
        return False
    return Tier(detail.carded) >= tier


def answer_is_carded(scene: Scene, card: str) -> bool:
    """Whether an answer of crisis within an exercise brings a card now: the whole one, or once in
    half an hour the short one."""
    newest = alerts.newest_of(scene.session, scene.person.id)
    if newest is None:
        return True
    detail = alerts.detail_of(scene.session, scene.kit.vault, newest)
    known = knows(scene, detail, Tier.CRISIS, card)
    return not (known and just_again(scene, detail, Tier.CRISIS))


def hold(scene: Scene, holds: bool = True) -> None:
    """Notes that a question of the first steps waits below the newest card, or no longer does."""
    newest = alerts.newest_of(scene.session, scene.person.id)
    if newest is not None:
        detail = alerts.detail_of(scene.session, scene.kit.vault, newest)
        kept = detail.model_copy(update={"holds": holds})
        alerts.keep_detail(scene.session, scene.kit.vault, newest, kept)


def holds(scene: Scene) -> bool:
    """Whether one waits there."""
    newest = alerts.newest_of(scene.session, scene.person.id)
    return newest is not None and alerts.detail_of(scene.session, scene.kit.vault, newest).holds
