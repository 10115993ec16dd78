"""Somebody may need a human now: an alert is kept, goes to whoever is there, and goes up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from babel.dates import format_datetime
from sqlmodel import Session

from bot.care.alerting import Desk, Route, next_opening, open_span, route
from bot.catalog.risk import Tier
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import alerts, audit, away, dues, members, people, staff
from bot.store.alerts import Alert, Detail, Item, Notice
from bot.store.dues import Due
from bot.store.outbox import Kind
from bot.store.staff import Role
from bot.usecases import desk as desks
from bot.usecases import returns
from bot.usecases.desk import Reach
from bot.usecases.help_now import one_line
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

ESCALATE = "escalate"
"""The kind of due row that looks after an alert nobody has taken yet."""
CHECK = timedelta(seconds=30)
"""So often it is looked whether a telling has arrived."""
ENOUGH = timedelta(minutes=2)
"""A telling on its way for longer than this has not reached anybody."""
STALE = timedelta(minutes=30)
"""Words of crisis this long after somebody took the alert need somebody again."""
AGAIN = {Tier.CRISIS: timedelta(hours=1), Tier.CONCERN: timedelta(hours=24)}
"""So often everybody is reminded of an alert to which nobody answered."""

LONGEST_NOTE = 2000
"""Characters of the note that closes an alert."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """How far an alert nobody has taken is: who is there, the steps, and when (UTC) it is time to
    look after it again."""

    desk: Desk
    reached: dict[UUID, Reach]
    route: Route
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
    session, vault = scene.session, scene.kit.vault
    newest = alerts.newest_of(session, scene.person.id)
    if newest is None or newest.is_closed:
        detail = Detail(routed_at=scene.now).plus(item)
        if newest is not None:  # how much of the card they know already does not begin anew
            before = alerts.detail_of(session, vault, newest)
            known = {"carded_at", "carded", "again_at", "again"}
            detail = detail.model_copy(update=before.model_dump(include=known))
        member = members.get(session, vault, scene.person.id)
        group = member.group if member is not None else None
        alert = alerts.add(
            session, vault, scene.person.id, group, tier, item.source, detail, scene.now
        )
        _record(scene, None, "alert.raised", tier.value)
        return _raised(scene, alert, detail, routes=True)
    detail = alerts.detail_of(session, vault, newest).plus(item)
    routes = (
        tier > newest.tier
        or _taken_long_ago(newest, tier, scene.now)
        or _is_left_alone(scene, newest)
    )
    changes: dict[str, object] = {"latest_at": scene.now, "tier": max(tier, newest.tier).value}
    if routes:
        detail = detail.model_copy(update={"routed_at": scene.now})
        changes |= {"state": "open", "level": 0, "taken_by": None, "taken_at": None}
    alert = alerts.keep_detail(session, vault, newest, detail, **changes)
    _record(scene, None, "alert.grew", tier.value)
    return _raised(scene, alert, detail, routes=routes)


def _taken_long_ago(alert: Alert, tier: Tier, now: datetime) -> bool:
    if tier is not Tier.CRISIS or alert.taken_at is None:
        return False
    return now - alert.taken_at > STALE


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
        names = [reached[alert.taken_by].staff.name] if alert.taken_by in reached else []
        return Raised(alert, detail, False, ", ".join(names) or _first(scene, alert, reached))
    desk, sure = desks.desk(scene.session, scene.kit, alert.group, reached, scene.now)
    way = route(alert.tier, desk, detail.routed_at)
    if not way.steps:
        told, team = "nobody", ""
    else:
        told = "unsure" if not sure else "waits" if way.waits(scene.now) else "sent"
        team = _names(way.steps[0].who, reached)
    alert = alerts.change(scene.session, alert, told=told)
    return Raised(alert, detail, True, team)


def _first(scene: Scene, alert: Alert, reached: dict[UUID, Reach]) -> str:
    told = [each.staff for each in alerts.notices(scene.session, alert)]
    return _names(tuple(told[:1]), reached)


def _names(several: tuple[UUID, ...], reached: dict[UUID, Reach]) -> str:
    return ", ".join(reached[each].staff.name for each in several if each in reached)


def send(scene: Scene, raised: Raised) -> None:
    """Tells the staff: the first of the route, or whoever has taken the alert already."""
    if raised.routes:
        look_after(scene, raised.alert)
        return
    if raised.alert.taken_by is not None:
        reached = desks.reaches(scene.session, scene.kit, scene.now)
        _tell(scene, raised.alert, (raised.alert.taken_by,), "more", reached)


def escalate(scene: Scene, due: Due) -> None:
    """The moment has come to look whether anybody took it; the next one is told if not."""
    alert = alerts.get(scene.session, due.subject) if due.subject is not None else None
    if alert is not None and alert.state == "open":
        look_after(scene, alert)


def look_after(scene: Scene, alert: Alert) -> None:
    """Takes the next step of the alert's way if it is time or the last one reached nobody."""
    way = _way(scene.session, scene.kit, alert, scene.now)
    steps = way.route.steps
    if way.at > scene.now:
        _look_again(scene, alert, way.at)
    elif alert.level < len(steps):
        who = steps[alert.level].who
        alert = alerts.change(scene.session, alert, level=alert.level + 1)
        _tell(scene, alert, who, "item" if alert.level == 1 else "up", way.reached)
        _look_again(scene, alert, scene.now + CHECK)
    else:
        _nobody_answered(scene, alert, way.desk, way.reached)


def _way(session: Session, kit: Kit, alert: Alert, now: datetime) -> Way:
    reached = desks.reaches(session, kit, now)
    desk, _ = desks.desk(session, kit, alert.group, reached, now)
    detail = alerts.detail_of(session, kit.vault, alert)
    steps = route(alert.tier, desk, detail.routed_at)
    since = [
        each
        for each in alerts.notices(session, alert)
        if each.queued_at >= detail.routed_at and each.level == alert.level
    ]
    return Way(desk, reached, steps, _next_at(steps, alert, since, now))


def hand_on(scene: Scene, away_now: UUID) -> int:
    """Somebody goes away: what nobody has taken, and nobody but them was told of, begins its way
    anew with the next in the order. How many went on."""
    gone = 0
    for alert in alerts.all_open(scene.session):
        told = {each.staff for each in alerts.notices(scene.session, alert)}
        if alert.state != "open" or told != {away_now}:
            continue
        detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
        anew = detail.model_copy(update={"routed_at": scene.now})
        alert = alerts.keep_detail(scene.session, scene.kit.vault, alert, anew, level=0)
        look_after(scene, alert)
        gone += 1
    return gone


def coming(session: Session, kit: Kit, alert: Alert, now: datetime) -> Coming | None:
    """What happens next if nobody takes it; None where somebody has, or it is closed."""
    if alert.state != "open":
        return None
    way = _way(session, kit, alert, now)
    steps = way.route.steps
    more = alert.level < len(steps)
    planned = steps[alert.level].at if more else way.route.silent_at
    at = planned if planned > now else dues.planned(session, due_key(alert.id)) or now
    who = steps[alert.level].who if more else ()
    names = tuple(way.reached[each].staff.name for each in who if each in way.reached)
    return Coming(at, at <= now, names, alert.told in ("silent", "nobody"))


def _next_at(way: Route, alert: Alert, since: list[Notice], now: datetime) -> datetime:
    """When the next step is due (UTC); now if the last one reached nobody."""
    if alert.level == 0:
        return way.steps[0].at if way.steps else now
    more = alert.level < len(way.steps)
    planned = way.steps[alert.level].at if more else way.silent_at
    if any(each.status == "sent" for each in since):
        return planned
    on_the_way = [each for each in since if each.status in ("pending", "sending")]
    if any(now - each.queued_at < ENOUGH for each in on_the_way):
        return min(planned, now + CHECK)
    return now


def _look_again(scene: Scene, alert: Alert, at: datetime) -> None:
    key = due_key(alert.id)
    dues.set_due(scene.session, alert.person, ESCALATE, alert.id, None, at, key, scene.now)


def due_key(alert: UUID) -> str:
    """Each alert is looked after by one due row."""
    return f"escalate.{alert.hex}"


def _nobody_answered(scene: Scene, alert: Alert, desk: Desk, reached: dict[UUID, Reach]) -> None:
    """Everybody was told and nobody took it: the person is told so once, the staff every hour."""
    _log.critical("alert_unanswered", alert=str(alert.id), tier=alert.tier.value)
    if alert.told not in ("silent", "nobody"):
        tell_person(scene, alert, "silent")
    _tell(scene, alert, desk.everybody, "up", reached)
    _look_again(scene, alert, scene.now + AGAIN[alert.tier])


def _tell(
    scene: Scene, alert: Alert, who: tuple[UUID, ...], word: str, reached: dict[UUID, Reach]
) -> None:
    for each in who:
        reach = reached.get(each)
        if reach is None:
            continue
        text = desks.said(scene, reach, f"staff.{word}.{alert.tier.value}")
        message = Message(text=text, buttons=_buttons(scene, reach, alert))
        for channel, key in desks.tell(scene, reach, word, message):
            alerts.note_telling(scene.session, alert, each, channel, alert.level, key, scene.now)


def _buttons(scene: Scene, reach: Reach, alert: Alert) -> tuple[tuple[Button, ...], ...]:
    def button(verb: str, word: str) -> Button:
        text = desks.said(scene, reach, f"buttons.{word}")
        return Button(text=text, data=for_menu(verb, short_id(alert.id)))

    if alert.taken_by is not None:
        return ((button("alert", "open"), button("close", "close")),)
    return ((button("alert", "open"), button("take", "take")),)


def tell_person(scene: Scene, alert: Alert, told: str, **values: object) -> None:
    """Tells the person what has become of the note, and remembers what they were told."""
    person = people.look(scene.session, alert.person)
    if person is None:
        return
    theirs = scene if scene.person.id == person.id else scene.beside(person)
    here = scene.kit.helplines.for_country(person.country)
    text = scene.kit.words.text(
        person.language,
        "alerts/follow",
        told=told,
        emergency=here.emergency_said(person.language),
        line=one_line(theirs, here),
        **{"who": "", **values},
    )
    theirs.post(Message(text=text), kind=Kind.ALERT)
    alerts.change(scene.session, alert, told=told)


def take(scene: Scene, alert: Alert) -> Alert:
    """A member of staff takes it: its way up ends, the person and the others are told."""
    by = scene.person.id
    taken = {"state": "taken", "taken_by": by, "taken_at": scene.now}
    alert = alerts.change(scene.session, alert, **taken)
    dues.clear_due(scene.session, due_key(alert.id))
    _record(scene, by, "alert.taken", alert.tier.value, alert.person)
    me = staff.get(scene.session, scene.kit.vault, by)
    name = me.name if me is not None else ""
    tell_person(scene, alert, "seen", who=name)
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    told = {each.staff for each in alerts.notices(scene.session, alert)} - {by}
    for each in sorted(told):
        reach = reached.get(each)
        if reach is not None and reach.chat and reach.person is not None:
            text = desks.said(scene, reach, "staff.taken_by", name=name)
            scene.beside(reach.person).post(Message(text=text, silent=True))
    return alert


def close(scene: Scene, alert: Alert, note: str) -> Alert:
    """A member of staff ends it with a note (at most `LONGEST_NOTE` characters); whoever ends what
    nobody had taken has taken it by that."""
    if alert.taken_by is None:
        alert = take(scene, alert)
    me = scene.person.id
    alert = alerts.close(scene.session, scene.kit.vault, alert, me, note[:LONGEST_NOTE], scene.now)
    dues.clear_due(scene.session, due_key(alert.id))
    _record(scene, me, "alert.closed", alert.source, alert.person)
    return alert


def was_told(session: Session, alert: Alert, staff_id: UUID) -> bool:
    """Whether this member of staff was told of it."""
    return any(each.staff == staff_id for each in alerts.notices(session, alert))


def may_see(session: Session, kit: Kit, staff_id: UUID, alert: Alert) -> bool:
    """Therapists of the group, the leads, and whoever was told of this one: on call, or as the
    back-up. The pages keep the same rule."""
    me = staff.get(session, kit.vault, staff_id)
    if me is None or not me.active:
        return False
    if me.role is Role.LEAD:
        return True
    return alert.group in staff.groups_of(session, me.id) or was_told(session, alert, me.id)


def person_left(scene: Scene, why: str) -> None:
    """Somebody with an open alert erases everything (`erased`) or is discharged (`discharged`).

    Staff are told without content, the rows may go afterwards.
    """
    alert = alerts.newest_of(scene.session, scene.person.id)
    if alert is None or alert.is_closed:
        return
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    desk, _ = desks.desk(scene.session, scene.kit, alert.group, reached, scene.now)
    told = tuple(each.staff for each in alerts.notices(scene.session, alert))
    taker = () if alert.taken_by is None else (alert.taken_by,)
    everybody = dict.fromkeys((*taker, *told, *desk.therapists[:1], *desk.leads))
    for each in everybody:
        reach = reached.get(each)
        if reach is not None:
            text = desks.said(scene, reach, f"staff.{why}")
            desks.tell(scene, reach, why, Message(text=text))
    _record(scene, None, f"alert.{why}", alert.tier.value)


def hours_said(scene: Scene, alert: Alert) -> str:
    """When somebody reads and who is away, in the person's language and on their clock."""
    gone = returns.said(scene)
    told = (_hours_said(scene, alert), f"{gone}." if gone else "")
    return " ".join(each for each in told if each)


def _hours_said(scene: Scene, alert: Alert) -> str:
    hours = desks.hours_of(scene.session, alert.group, None)
    local = scene.now.astimezone(ZoneInfo(scene.person.zone))
    span = open_span(hours, scene.now)
    if span is not None:
        until = span.closes.astimezone(local.tzinfo)
        return scene.word("alerts.hours.open", time=f"{until:%H:%M}")
    if alert.told == "sent" and alert.tier is Tier.CRISIS:
        return scene.word("alerts.hours.on_call")
    opening = next_opening(hours, scene.now)
    if opening is None:
        return ""
    at = opening.astimezone(local.tzinfo)
    day = format_datetime(at, "EEEE", locale=scene.language)
    return scene.word("alerts.hours.closed", day=day, time=f"{at:%H:%M}")


def _record(
    scene: Scene, actor: UUID | None, action: str, reason: str, subject: UUID | None = None
) -> None:
    about = subject or scene.person.id
    audit.write(
        scene.session, actor=actor, subject=about, action=action, reason=reason, now=scene.now
    )
