"""The way of an alert nobody has taken: step by step to whoever is there, and up."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlmodel import Session

from bot.care.alerting import Desk, Route, Step, route
from bot.catalog.risk import Tier
from bot.store import alerts, away, dues, tellings
from bot.store.alerts import Alert
from bot.store.dues import Due
from bot.store.tellings import Notice
from bot.usecases import desk as desks
from bot.usecases.alert.telling import tell, tell_person
from bot.usecases.desk import Reach
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

ESCALATE = "escalate"
"""The kind of due row that looks after an alert nobody has taken yet."""
CHECK = timedelta(seconds=30)
"""So often it is looked whether a telling has arrived."""
ENOUGH = timedelta(minutes=2)
"""A telling on its way for longer than this has not reached anybody."""
AGAIN = {Tier.CRISIS: timedelta(hours=1), Tier.CONCERN: timedelta(hours=24)}
"""So often everybody is reminded of an alert to which nobody answered."""
IN_ONE_GO = timedelta(minutes=5)
"""So soon after everybody was told, new words tell nobody again."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """How far an alert nobody has taken is: who is there, the steps, those of them that are still
    to take, when nobody has answered, and when it is time to look after it again (UTC)."""

    desk: Desk
    reached: dict[UUID, Reach]
    route: Route
    ahead: tuple[Step, ...]
    silent_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens next to an alert nobody has taken, at `at` (UTC), or at any moment (`soon`):
    `who` are told, by name; with nobody left the person is told that nobody answered, unless
    `silent` says that they were."""

    at: datetime
    soon: bool
    who: tuple[str, ...]
    silent: bool


def escalate(scene: Scene, due: Due) -> None:
    """The moment has come to look whether anybody took it; the next one is told if not."""
    alert = alerts.get(scene.session, due.subject) if due.subject is not None else None
    if alert is not None and alert.state == "open":
        look_after(scene, _by_this_clock(scene, _that_waited(scene, alert)))


def _that_waited(scene: Scene, alert: Alert) -> Alert:
    """It waited for somebody, who is there now: its way is counted from now on. Counted from when
    it was raised, the next and the lead were told within a minute, and the person that nobody had
    answered."""
    if alert.level or alert.told != "waits":
        return alert
    way = way_of(scene.session, scene.kit, alert, scene.now)
    return _anew(scene, alert) if way.ahead and way.at <= scene.now else alert


def _by_this_clock(scene: Scene, alert: Alert) -> Alert:
    """The clock ran ahead when its way began: counted from there, nobody would be told before that
    moment comes. It is counted from now on."""
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    return alert if detail.routed_at <= scene.now else _anew(scene, alert)


def _anew(scene: Scene, alert: Alert) -> Alert:
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    anew = detail.model_copy(update={"routed_at": scene.now})
    return alerts.keep_detail(scene.session, scene.kit.vault, alert, anew)


def look_after(scene: Scene, alert: Alert) -> None:
    """Takes the next step of the alert's way if it is time or the last one reached nobody."""
    way = way_of(scene.session, scene.kit, alert, scene.now)
    if way.at > scene.now:
        plan_look(scene.session, alert, _look_at(scene, alert, way.at), scene.now)
    elif way.ahead:
        who = way.ahead[0].who
        alert = alerts.change(scene.session, alert, level=alert.level + 1)
        tell(scene, alert, who, "item" if alert.level == 1 else "up", way.reached)
        plan_look(scene.session, alert, scene.now + CHECK, scene.now)
    else:
        _nobody_answered(scene, alert, way.desk, way.reached)


def _look_at(scene: Scene, alert: Alert, planned: datetime) -> datetime:
    """What waits for the office is looked at whenever somebody is back, too: who is on call may be
    back on Sunday, and the crisis of Saturday would lie until Monday."""
    sooner = [] if alert.level else _returns(scene.session, planned, scene.now)
    return min([planned, *sooner])


def _returns(session: Session, before: datetime, now: datetime) -> list[datetime]:
    """When those who are away are back, the first one first."""
    back = away.everybody(session, now).values()
    return sorted(each for each in back if each < before)


def way_of(session: Session, kit: Kit, alert: Alert, now: datetime) -> Way:
    """How far it is, as things stand now."""
    reached = desks.reaches(session, kit, now)
    desk, _ = desks.desk(session, kit, alert.group, reached, now)
    detail = alerts.detail_of(session, kit.vault, alert)
    steps = route(alert.tier, desk, detail.routed_at, today=detail.today)
    since = [
        each
        for each in (tellings.of_alert(session, alert) if alert.level else ())
        if each.queued_at >= detail.routed_at
    ]
    ahead = _ahead(steps, alert, since)
    silent_at = _silent_at(steps, alert, since)
    planned = ahead[0].at if ahead else silent_at if alert.level else now
    last = [each for each in since if each.level == alert.level]
    at = _next_at(planned, last, now) if alert.level else planned
    return Way(desk, reached, steps, ahead, silent_at, at)


def _ahead(way: Route, alert: Alert, since: list[Notice]) -> tuple[Step, ...]:
    """The steps whose people have not been told, each telling counted for one step. Not the number
    of the step: who is there changes meanwhile, and the next one was left out, or told twice. A
    step that told nobody at all is not tried for ever."""
    told = Counter(staff for staff, _ in {(each.staff, each.level) for each in since})
    ahead = []
    for step in way.steps:
        if all(told[each] for each in step.who):
            told.subtract(step.who)
        else:
            ahead.append(step)
    vain = alert.level - len({each.level for each in since})
    return tuple(ahead[max(vain, 0) :])


def _silent_at(way: Route, alert: Alert, since: list[Notice]) -> datetime:
    """When nobody has answered: whoever was told last has as long for it as the last step gives,
    though they were told late. Once the person was told so, that stands."""
    if not way.steps or not since or alert.told in ("silent", "nobody"):
        return way.silent_at
    patience = way.silent_at - way.steps[-1].at
    return max(way.silent_at, max(each.queued_at for each in since) + patience)


def tell_again(scene: Scene, alert: Alert) -> None:
    """New words of crisis after nobody answered: everybody is told now, and not an hour after the
    last time; once for what is said in one go."""
    last = max((each.queued_at for each in tellings.of_alert(scene.session, alert)), default=None)
    if last is not None and abs(scene.now - last) < IN_ONE_GO:
        return
    way = way_of(scene.session, scene.kit, alert, scene.now)
    tell(scene, alert, way.desk.everybody, "up", way.reached)
    plan_look(scene.session, alert, scene.now + AGAIN[alert.tier], scene.now)


def hasten(scene: Scene, alert: Alert) -> None:
    """In danger now, while those who were told have not answered: they are told again, and the next
    of the way at once. Nobody is told before the office opens whom the way lets sleep."""
    if alert.state != "open" or alert.level == 0:
        return
    way = way_of(scene.session, scene.kit, alert, scene.now)
    if not way.ahead:
        tell_again(scene, alert)
        return
    told = (each.staff for each in tellings.of_alert(scene.session, alert))
    who = tuple(dict.fromkeys((*way.ahead[0].who, *told)))
    alert = alerts.change(scene.session, alert, level=alert.level + 1)
    tell(scene, alert, who, "up", way.reached)
    plan_look(scene.session, alert, scene.now + CHECK, scene.now)


def coming(session: Session, kit: Kit, alert: Alert, now: datetime) -> Coming | None:
    """What happens next if nobody takes it; None where somebody has, or it is closed."""
    if alert.state != "open":
        return None
    way = way_of(session, kit, alert, now)
    planned = way.ahead[0].at if way.ahead else way.silent_at
    at = planned if planned > now else dues.planned(session, due_key(alert.id)) or now
    who = way.ahead[0].who if way.ahead else ()
    for back in () if alert.level else _returns(session, at, now):
        then = way_of(session, kit, alert, back)
        if then.ahead and then.ahead[0].at <= back:
            at, who = back, then.ahead[0].who
            break
    names = tuple(way.reached[each].staff.name for each in who if each in way.reached)
    return Coming(at, at <= now, names, alert.told in ("silent", "nobody"))


def _next_at(planned: datetime, last: list[Notice], now: datetime) -> datetime:
    """When the next step is due (UTC); now if the last one reached nobody."""
    if any(each.status == "sent" for each in last):
        return planned
    on_the_way = [each for each in last if each.status in ("pending", "sending")]
    if any(now - each.queued_at < ENOUGH for each in on_the_way):
        return min(planned, now + CHECK)
    return now


def plan_look(session: Session, alert: Alert, at: datetime, now: datetime) -> None:
    """It is looked after at that moment (UTC), and not at the one that was planned."""
    key = due_key(alert.id)
    dues.set_due(session, alert.person, ESCALATE, alert.id, None, at, key, now)


def due_key(alert: UUID) -> str:
    """Each alert is looked after by one due row."""
    return f"escalate.{alert.hex}"


def _nobody_answered(scene: Scene, alert: Alert, desk: Desk, reached: dict[UUID, Reach]) -> None:
    """Everybody was told and nobody took it: the person is told so once, the staff every hour."""
    _log.critical("alert_unanswered", alert=str(alert.id), tier=alert.tier.value)
    if alert.told not in ("silent", "nobody"):
        tell_person(scene, alert, "silent")
    tell(scene, alert, desk.everybody, "up", reached)
    plan_look(scene.session, alert, scene.now + AGAIN[alert.tier], scene.now)
