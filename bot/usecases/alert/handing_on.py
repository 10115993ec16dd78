"""Whoever had an alert, or alone was told of it, is gone or away: it begins its way anew."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.store import alerts, away, people, staff, tellings
from bot.store.alerts import Alert
from bot.store.ids import new_id
from bot.usecases import desk as desks
from bot.usecases.alert.telling import tell_person
from bot.usecases.alert.truth import outlook, said
from bot.usecases.alert.way import look_after, plan_look, way_of
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene


@dataclass(frozen=True, slots=True)
class HandedOn:
    """Alerts that began their way anew: of so many the next was told at once, and so many wait
    until the office opens."""

    at_once: int = 0
    waiting: int = 0


def hand_on(scene: Scene, away_now: UUID) -> HandedOn:
    """Somebody goes away: what nobody has taken, and nobody but them was told of, begins its way
    anew with the next in the order."""
    session, kit, now = scene.session, scene.kit, scene.now

    def moves(alert: Alert) -> bool:
        return alert.state == "open" and _only_told(session, kit, alert, away_now, now)

    return _hand_on(
        scene, [each for each in alerts.all_open(session) if moves(each)], away_now, moves
    )


def let_go(
    session: Session, kit: Kit, gone: UUID, now: datetime, groups: Collection[UUID] | None = None
) -> HandedOn:
    """Somebody works here no longer, or looks after these `groups` no longer: what they had taken
    there and not closed, or they alone were told of, begins its way anew, or nobody would ever look
    after it. Call it once they are gone."""

    def moves(alert: Alert) -> bool:
        there = groups is None or alert.group in groups
        return there and not alert.is_closed and _is_theirs(session, kit, alert, gone, now)

    several = [each for each in alerts.all_open(session) if moves(each)]
    whose = next(filter(None, (people.get(session, each.person) for each in several)), None)
    if whose is None:
        return HandedOn()
    # Whoever comes back and goes again is told of anew: each time is a happening of its own.
    scene = Scene(session, kit, whose, now, f"let-go.{new_id(now).hex}")
    return _hand_on(scene, several, gone, moves)


def _hand_on(
    scene: Scene, several: list[Alert], gone: UUID, moves: Callable[[Alert], bool]
) -> HandedOn:
    """Each begins its way anew, and its person hears what is not true any more."""
    left, waits = staff.get(scene.session, scene.kit.vault, gone), list[bool]()
    for each in several:
        whose = people.get(scene.session, each.person)
        # Read again now that it is locked: meanwhile a colleague may have taken it, and words that
        # came to it would be written over.
        alert = alerts.get(scene.session, each.id)
        if whose is None or alert is None or not moves(alert):
            continue
        theirs = scene.beside(whose)
        if left is not None:
            _tell_moved(theirs, alert, left.name)
        waits.append(_begin_anew(theirs, alert))
    return HandedOn(waits.count(False), waits.count(True))


def look_again(session: Session, now: datetime) -> None:
    """Somebody is on call, in a group or leads since now, or has said anew when they are back: what
    waits for the office may have somebody to go to."""
    for alert in alerts.all_open(session):
        if alert.state == "open" and alert.level == 0:
            plan_look(session, alert, now, now)


def _is_theirs(session: Session, kit: Kit, alert: Alert, staff_id: UUID, now: datetime) -> bool:
    if alert.taken_by is not None:
        return alert.taken_by == staff_id
    return _only_told(session, kit, alert, staff_id, now)


def _only_told(session: Session, kit: Kit, alert: Alert, gone: UUID, now: datetime) -> bool:
    """Whether of all who were told of it, as it stands now, nobody is there but they: others may
    have gone before, were never reached, or heard of a lighter item days ago."""
    since = alerts.detail_of(session, kit.vault, alert).routed_at
    told = {
        each.staff
        for each in tellings.of_alert(session, alert)
        if each.queued_at >= since and (each.staff == gone or not each.is_lost)
    }
    works = {each.id for each in staff.everybody(session, kit.vault)}
    return gone in told and not (told & works) - set(away.everybody(session, now)) - {gone}


def _tell_moved(scene: Scene, alert: Alert, gone: str) -> None:
    """The person was told that they have it, or that somebody is told now, and would count on
    somebody who is not there."""
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    anew = detail.model_copy(update={"routed_at": scene.now})
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    told, team = outlook(scene, alert, anew, reached)
    if alert.taken_by is None and told in ("sent", alert.told):
        return  # a note was sent to their team, and still is
    alert = alerts.keep_detail(scene.session, scene.kit.vault, alert, anew, told=told)
    tell_person(scene, alert, told, gone=gone, now=said(scene, alert, team))


def _begin_anew(scene: Scene, alert: Alert) -> bool:
    """Whether nobody is told of it before the office opens."""
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    anew = detail.model_copy(update={"routed_at": scene.now})
    free = {"state": "open", "taken_by": None, "taken_at": None, "level": 0}
    alert = alerts.keep_detail(scene.session, scene.kit.vault, alert, anew, **free)
    waits = way_of(scene.session, scene.kit, alert, scene.now).route.waits(scene.now)
    look_after(scene, alert)
    return waits
