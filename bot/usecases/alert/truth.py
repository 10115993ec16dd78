"""What may truthfully be said of an alert to whom it is about: who has it, when it is read."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.care.alerting import next_opening, open_span, route
from bot.store import alerts, staff, tellings
from bot.store.alert_items import Detail
from bot.store.alerts import Alert
from bot.usecases import desk as desks
from bot.usecases import returns
from bot.usecases.desk import Reach
from bot.usecases.scene import Scene


def outlook(
    scene: Scene, alert: Alert, detail: Detail, reached: Mapping[UUID, Reach]
) -> tuple[str, str]:
    """What becomes of an alert whose way begins now (sent, waits, unsure or nobody), and the names
    of who is told first."""
    desk, sure = desks.desk(scene.session, scene.kit, alert.group, reached, scene.now)
    way = route(alert.tier, desk, detail.routed_at, today=detail.today)
    if not way.steps:
        return "nobody", ""
    told = "unsure" if not sure else "waits" if way.waits(scene.now) else "sent"
    return told, names(way.steps[0].who, reached)


def names(several: tuple[UUID, ...], reached: Mapping[UUID, Reach]) -> str:
    """What those of them who work here are called, in one part of a sentence."""
    return ", ".join(reached[each].staff.name for each in several if each in reached)


def said(scene: Scene, alert: Alert, team: str) -> str:
    """What has become of the note, in the person's language."""
    team = team or scene.word("alerts.team")
    hours = hours_said(scene, alert)
    return scene.word(f"alerts.told.{alert.told}", team=team, hours=hours).strip()


def hours_said(scene: Scene, alert: Alert) -> str:
    """When somebody reads and who is away, in the person's language and on their clock. Not who is
    away where the note waits: "Dr N is there meanwhile" stood below "nobody reads it before"."""
    gone = "" if alert.told == "waits" else returns.said(scene)
    told = (_hours_said(scene, alert), f"{gone}." if gone else "")
    return " ".join(each for each in told if each)


def _hours_said(scene: Scene, alert: Alert) -> str:
    hours = desks.hours_of(scene.session, alert.group, None)
    local = scene.now.astimezone(ZoneInfo(scene.person.zone))
    span = open_span(hours, scene.now)
    if span is not None:
        until = span.closes.astimezone(local.tzinfo)
        return scene.word("alerts.hours.open", time=f"{until:%H:%M}")
    if alert.told == "sent" and _is_on_call(scene, alert):
        # A group without hours is never closed, and must not be told so.
        return scene.word("alerts.hours.on_call" if hours.openings else "alerts.hours.called")
    opening = next_opening(hours, scene.now)
    if opening is None:
        return scene.word("alerts.hours.none") if alert.told == "sent" else ""
    at = opening.astimezone(local.tzinfo)
    day = format_datetime(at, "EEEE", locale=scene.language)
    which = "opens" if alert.told == "seen" else "closed"  # who took it at night does read it
    return scene.word(f"alerts.hours.{which}", day=day, time=f"{at:%H:%M}")


def _is_on_call(scene: Scene, alert: Alert) -> bool:
    """Whether somebody on call has been told of it since its way began, or is the first to be: a
    programme may have nobody on call, and then "it goes to who is on call" is a false comfort."""
    session, kit = scene.session, scene.kit
    called = {each.id for each in staff.on_call(session, kit.vault)}
    if not called:
        return False
    detail = alerts.detail_of(session, kit.vault, alert)
    since = [
        each for each in tellings.of_alert(session, alert) if each.queued_at >= detail.routed_at
    ]
    told = {each.staff for each in since}
    if not told:
        reached = desks.reaches(session, kit, scene.now)
        desk, _ = desks.desk(session, kit, alert.group, reached, scene.now)
        way = route(alert.tier, desk, detail.routed_at, today=detail.today)
        told = set(way.steps[0].who) if way.steps else set()
    return bool(told & called)
