"""A due moment has come: taken once, in a transaction of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.engine.given import Rang
from bot.store import dues, erasure, people, runs
from bot.store.dues import Due
from bot.store.people import Standing
from bot.usecases import (
    afterwards,
    alert,
    board,
    carry_on,
    comments,
    door,
    hello,
    help_now,
    later,
    leave,
    measures,
    moment,
    pairs,
    pending,
    practice,
    probe,
    retention,
    roleplay,
    silence,
    staff_alerts,
    staff_pin,
    timetable,
    watch,
)
from bot.usecases.board import asking, telling
from bot.usecases.incoming import Receipt
from bot.usecases.kit import Kit
from bot.usecases.phases import back_in
from bot.usecases.ringing import over, ringing
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import briefing, feedback, moderating, trying
from bot.usecases.timetable import FOLLOW, PURPOSES
from bot.usecases.timetable.keep import AGAIN, CHECKIN, SESSION

OURS = (CHECKIN, SESSION)
"""What these begin is never a questionnaire that was installed."""


class Look(NamedTuple):
    """What a look at the table found: what is due by now, and when the next moment falls (UTC)."""

    ripe: list[Due]
    next_at: datetime | None


def look(session: Session, now: datetime, limit: int = 200) -> Look:
    """What is due by now. Each one is then rung in a transaction of its own."""
    return Look(dues.ripe(session, now, limit), dues.next_at(session))


def ring(session: Session, due: Due, now: datetime, kit: Kit) -> Receipt:
    """Handles one due moment; nothing happens when it was taken, moved or called off meanwhile."""
    person = people.get(session, due.person)
    taken = dues.take(session, due.id)
    if taken is None or person is None:
        return Receipt()
    if taken.kind not in OURS:
        measures.shelve(session, kit)
    scene = Scene(session, kit, person, now, f"d{taken.id.hex}")
    receipt = KINDS[taken.kind](scene, taken)
    if (
        scene.signals or scene.altered
    ):  # a question that ended by itself can hold a rating given halfway
        watch.heed(scene)
        return scene.receipt()
    return receipt


def _step(scene: Scene, due: Due) -> Receipt:
    stored = runs.get_run(scene.session, scene.kit.vault, due.subject) if due.subject else None
    taking_part = scene.person.standing is Standing.MEMBER
    if stored is not None and due.turn is not None and taking_part:
        carry_on.give(scene, stored, Rang(due.turn))
    return scene.receipt()


def _bell(scene: Scene, due: Due) -> Receipt:
    if scene.person.standing is Standing.MEMBER:
        practice.halfway(scene, due)
    return scene.receipt()


def _later(scene: Scene, due: Due) -> Receipt:
    taking_part = scene.person.standing is Standing.MEMBER
    if due.subject is not None and due.turn is not None and taking_part:
        later.keep_promise(scene, due.subject, due.turn, due.at)
    return scene.receipt()


def _hello(scene: Scene, due: Due) -> Receipt:
    zone = ZoneInfo(scene.person.zone)
    planned = due.at.astimezone(zone).date() if due.turn is None else date.fromordinal(due.turn)
    hello.ask(scene, planned)
    return scene.receipt()


def _forget(scene: Scene, _: Due) -> Receipt:
    if scene.person.standing not in door.FORGETTABLE:
        return Receipt()
    if alert.has_open(scene.session, scene.person.id):  # it would go with them, and nobody know
        door.forget_after(scene, door.DAY)
    else:
        erasure.forget(scene.session, scene.kit.vault, scene.person.id)
    return scene.receipt()


def _erase(scene: Scene, _: Due) -> Receipt:
    return replace(scene.receipt(), erased=leave.erase(scene))


def _escalate(scene: Scene, due: Due) -> Receipt:
    alert.escalate(scene, due)
    return scene.receipt()


def _unlock(scene: Scene, _: Due) -> Receipt:
    staff_pin.unlock(scene)
    return scene.receipt()


def _asked(scene: Scene, due: Due) -> Receipt:
    asking.over(scene, due.subject)
    return scene.receipt()


def _told(scene: Scene, due: Due) -> Receipt:
    telling.tell(scene, due)
    return scene.receipt()


def _look_out(scene: Scene, _: Due) -> Receipt:
    silence.look(scene)
    return scene.receipt()


def _probe(scene: Scene, _: Due) -> Receipt:
    probe.send(scene)
    return scene.receipt()


def _probed(scene: Scene, _: Due) -> Receipt:
    probe.look(scene)
    return scene.receipt()


def _follow(scene: Scene, _: Due) -> Receipt:
    """Somebody's schedules are brought in line with what was installed or changed meanwhile."""
    timetable.follow(timetable.Known(scene.session, scene.kit, scene.person, scene.now))
    return scene.receipt()


def _retention(scene: Scene, due: Due) -> Receipt:
    erased = retention.ring(scene, due)
    return replace(scene.receipt(), erased=erased)


KINDS: dict[str, Callable[[Scene, Due], Receipt]] = {
    carry_on.STEP: _step,
    practice.BELL: _bell,
    carry_on.LATER: _later,
    help_now.HELLO: _hello,
    door.FORGET: _forget,
    pending.CAME_BACK: ringing(pending.ring),
    leave.ERASE: _erase,
    retention.WARNING: _retention,
    retention.RETENTION: _retention,
    alert.ESCALATE: _escalate,
    staff_pin.UNLOCK: _unlock,
    staff_alerts.ASKS: over,
    afterwards.URGE: over,
    moderating.LOCKED.kind: over,
    board.ASKS: _asked,
    board.TOLD: _told,
    silence.LOOK: _look_out,
    back_in.ASKED: over,
    feedback.LOCKED.kind: over,
    probe.PROBE: _probe,
    probe.PROBED: _probed,
    **dict.fromkeys(PURPOSES, moment.ring),
    AGAIN: moment.ring_again,
    FOLLOW: _follow,
    trying.TRIAL: trying.rang,
    **comments.RINGS,
    **briefing.RINGS,
    **pairs.RINGS,
    **roleplay.RINGS,
}
"""What each kind of due row does when its moment has come."""
