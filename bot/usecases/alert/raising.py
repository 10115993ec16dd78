"""An alert is kept, or grows; what may truthfully be said of it, and its way to the staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.catalog.risk import Tier
from bot.store import alerts, away, members, staff, tellings
from bot.store.alert_items import Detail, Item
from bot.store.alerts import Alert
from bot.usecases import desk as desks
from bot.usecases.alert.more import call
from bot.usecases.alert.telling import record
from bot.usecases.alert.truth import names, outlook
from bot.usecases.alert.way import look_after, tell_again
from bot.usecases.desk import Reach
from bot.usecases.scene import Scene

STALE = timedelta(minutes=30)
"""Words of crisis this long after somebody took the alert need somebody again."""

WEIGHT = ("words", "answer", "tap", "request")
"""What an alert that has several of them is about: why staff look at it stands on record, and a
wish to be called is not why they read what was written."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert with something new in it; `routes` says that its way to the staff begins (again).

    `team` names who is told first or has taken it, "" where that is nobody.
    """

    alert: Alert
    detail: Detail
    routes: bool
    team: str


def raise_alert(scene: Scene, tier: Tier, item: Item) -> Raised:
    """Keeps it: a new alert, or one more item of the open one. `send` must follow."""
    newest = alerts.newest_of(scene.session, scene.person.id)
    if newest is None or newest.is_closed:
        return _anew(scene, newest, tier, item)
    return _grown(scene, newest, tier, item)


def note_altered(scene: Scene, reason: str) -> None:
    """The answer that raised it is another now: whoever opens it reads that, and not what it is. It
    stays as grave as it was, with whoever has it."""
    session, vault = scene.session, scene.kit.vault
    alert = alerts.newest_of(session, scene.person.id)
    if alert is None:
        return
    before = alerts.detail_of(session, vault, alert)
    detail = before.altered(reason, scene.now)
    if detail != before:
        alerts.keep_detail(session, vault, alert, detail)


def _anew(scene: Scene, before: Alert | None, tier: Tier, item: Item) -> Raised:
    """A new alert; `before` is the last one, which is closed."""
    session, vault = scene.session, scene.kit.vault
    detail = Detail(routed_at=scene.now).plus(item)
    if before is not None:  # how much of the card they know already does not begin anew
        known = {"carded_at", "carded", "cards", "again_at", "again"}
        closed = alerts.detail_of(session, vault, before)
        detail = detail.model_copy(update=closed.model_dump(include=known))
    member = members.get(session, vault, scene.person.id)
    group = member.group if member is not None else None
    me, source = scene.person.id, item.source
    alert = alerts.add(session, vault, me, group, tier, source, detail, scene.now, after=before)
    record(scene, None, "alert.raised", tier.value)
    return _raised(scene, alert, detail, routes=True)


def _grown(scene: Scene, alert: Alert, tier: Tier, item: Item) -> Raised:
    """One more item of an open alert; its way begins again where the item is worse than what staff
    know, or whoever has it may not hear of it."""
    session, vault = scene.session, scene.kit.vault
    before = alerts.detail_of(session, vault, alert)
    detail = before.plus(item)
    routes = (
        tier > alert.tier
        or (alert.taken_by is None and item.today and not before.today)
        or _taken_long_ago(alert, tier, scene.now)
        or _is_left_alone(scene, alert)
    )
    changes: dict[str, object] = {
        "latest_at": scene.now,
        "tier": max(tier, alert.tier).value,
        "source": min(alert.source, item.source, key=WEIGHT.index),
    }
    if item.source != "request" or tier is Tier.CRISIS:  # what came after it may be meant
        changes["not_meant"] = False
    if routes:
        detail = detail.model_copy(update={"routed_at": scene.now})
        changes |= {"state": "open", "level": 0, "taken_by": None, "taken_at": None}
    alert = alerts.keep_detail(session, vault, alert, detail, **changes)
    # The person reads at /who each time the team was told, not each word that came with it.
    record(scene, None, "alert.raised" if routes else "alert.grew", tier.value)
    return _raised(scene, alert, detail, routes=routes)


def _taken_long_ago(alert: Alert, tier: Tier, now: datetime) -> bool:
    if tier is not Tier.CRISIS or alert.taken_at is None:
        return False
    return abs(now - alert.taken_at) > STALE


def _is_left_alone(scene: Scene, alert: Alert) -> bool:
    """Whether whoever has taken it is away by now, or works here no longer."""
    if alert.taken_by is None:
        return False
    found = staff.get(scene.session, scene.kit.vault, alert.taken_by)
    works_here = found is not None and found.active
    return not works_here or away.until(scene.session, alert.taken_by, scene.now) is not None


def _raised(scene: Scene, alert: Alert, detail: Detail, *, routes: bool) -> Raised:
    """Works out what may truthfully be said of it."""
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    if not routes:
        if alert.told == "waits" and alert.level:  # it waits no more, and they hear so now
            alert = alerts.change(scene.session, alert, told="sent")
        taker = names((alert.taken_by,), reached) if alert.taken_by is not None else ""
        team = taker or _first(scene, alert, detail, reached)
        return Raised(alert, detail, routes=False, team=team)
    told, team = outlook(scene, alert, detail, reached)
    alert = alerts.change(scene.session, alert, told=told)
    return Raised(alert, detail, routes=True, team=team)


def _first(scene: Scene, alert: Alert, detail: Detail, reached: dict[UUID, Reach]) -> str:
    """Who was told first since its way began (before that it may have been somebody who is away),
    or will be: named once, they are not "your team" an hour later."""
    told = [
        each.staff
        for each in tellings.of_alert(scene.session, alert)
        if each.queued_at >= detail.routed_at
    ]
    return names(tuple(told[:1]), reached) if told else outlook(scene, alert, detail, reached)[1]


def send(scene: Scene, raised: Raised) -> None:
    """Tells the staff: the first of the route, whoever has taken the alert already, or, where
    nobody answered, everybody."""
    if raised.routes:
        look_after(scene, raised.alert)
        return
    if raised.alert.taken_by is not None:
        call(scene, raised.alert, raised.alert.taken_by)
    elif raised.alert.told == "silent" and raised.detail.items[-1].tier == Tier.CRISIS.value:
        tell_again(scene, raised.alert)
