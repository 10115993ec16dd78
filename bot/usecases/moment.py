"""A moment of somebody's schedule has come: decided by `care.cadence`, written down, carried out.

What is written down first, under a key that exists once, is sent once, whoever rings how often.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from bot.care.cadence import (
    Chance,
    Day,
    Expire,
    Frequency,
    Later,
    Outcome,
    Send,
    Skip,
    Verdict,
    answered,
    chance,
    decide,
    next_moment,
    slowed,
)
from bot.store import dues, occurrences, schedules
from bot.store.dues import Due
from bot.store.occurrences import Occurrence
from bot.store.people import Standing
from bot.store.schedules import Stored
from bot.usecases import checkin, gathering, good_thing, reminder, weekly
from bot.usecases.incoming import Receipt
from bot.usecases.phases import alumni, staying
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending
from bot.usecases.timetable import Known, close, plan_next
from bot.usecases.timetable.keep import (
    AGAIN,
    ALUMNI,
    CHECKIN,
    KEPT,
    MEASURE,
    REMINDER,
    ROUND,
    SESSION,
    WORKSHOP,
    account_for,
    again_key,
)
from bot.usecases.workshops import moment as lessons


@dataclass(frozen=True, slots=True)
class Deed:
    """What the moments of one purpose are for.

    `against` is what speaks against sending now, besides the rules all schedules share; `is_done`
    whether the person did it already; `send` writes to them.
    """

    against: Callable[[Known, Stored, Chance], Verdict | None]
    is_done: Callable[[Known, Stored, Chance], bool]
    send: Callable[[Scene, Sending], None]


DEEDS = {
    CHECKIN: Deed(checkin.against, checkin.is_done, checkin.send),
    REMINDER: Deed(reminder.against, reminder.is_done, reminder.send),
    SESSION: Deed(gathering.against, gathering.is_done, gathering.send),
    MEASURE: Deed(weekly.against, weekly.is_done, weekly.send),
    WORKSHOP: Deed(lessons.against, lessons.done_already, lessons.send),
    ROUND: Deed(good_thing.against, good_thing.is_done, good_thing.send),
    KEPT: Deed(staying.against, staying.is_done, staying.send),
    ALUMNI: Deed(alumni.against, alumni.is_done, alumni.send),
}


def ring(scene: Scene, due: Due) -> Receipt:
    """One due row of a schedule; its next one is set in the same transaction."""
    stored = schedules.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or not stored.active:
        return scene.receipt()
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    if scene.person.standing not in (Standing.MEMBER, Standing.DISCHARGED):
        close(known)
        return scene.receipt()
    stored = _woken(known, stored)
    account_for(known, stored)
    coming = next_moment(stored.plan, scene.now, known.facts(stored))
    waits = None
    if coming is not None and coming[1] <= scene.now:
        waits = _carry_out(scene, known, stored, coming[0])
        if known.slowed or stored.purpose == WORKSHOP:  # what was sent may have been the last
            stored = schedules.get(scene.session, stored.id) or stored
    if scene.person.standing is Standing.DISCHARGED and stored.purpose != ALUMNI:
        close(known)
    else:
        plan_next(known, stored, not_before=waits)
    return scene.receipt()


def ring_again(scene: Scene, due: Due) -> Receipt:
    """What was put off comes back."""
    stored = schedules.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or due.turn is None or not stored.active:
        return scene.receipt()
    day = date.fromordinal(due.turn)
    found = occurrences.get(scene.session, scene.person.id, stored.id, day)
    if found is None or found.snoozed_to is None:
        return scene.receipt()
    known = Known(scene.session, scene.kit, scene.person, scene.now)
    span = chance(stored.plan, known.facts(stored), day)
    again = {"snoozed_to": found.snoozed_to, "snoozes": found.snoozes}
    match _judged(known, stored, day, span, **again):
        case Send() if span is not None:
            key = key_of(stored, day, found.snoozes)
            if occurrences.came_back(*_of(scene, stored, day), scene.now, key):
                DEEDS[stored.purpose].send(
                    scene, Sending(known, stored, day, key, span.closes, again=True)
                )
        case Later(at):
            dues.set_due(
                *(scene.session, scene.person.id, AGAIN, stored.id, due.turn, at),
                *(again_key(stored), scene.now),
            )
        case _:
            occurrences.stay_away(*_of(scene, stored, day))
    return scene.receipt()


def key_of(stored: Stored, day: date, snoozes: int = 0) -> str:
    """What makes the message of a date exist once; each time it comes back is another one."""
    return f"o{stored.id.hex}.{day:%Y%m%d}.{snoozes}"


def _carry_out(scene: Scene, known: Known, stored: Stored, day: date) -> datetime | None:
    """Decides about a date and does it; when to look again, if it has to wait."""
    span = chance(stored.plan, known.facts(stored), day)
    match _judged(known, stored, day, span):
        case Later(at):
            return at
        case Send(notice) if span is not None:
            key = key_of(stored, day)
            new = _record(known, stored, Day(day, Outcome.SENT), span, f"{key}.0")
            if new:
                DEEDS[stored.purpose].send(
                    scene, Sending(known, stored, day, key, span.closes, notice)
                )
            if new and notice is not None:
                _slow_down(known, stored, notice, day)
        case Skip(why) | Expire(why) as over:
            _record(known, stored, Day(day, over.outcome, why), span)
    return None


def _judged(known: Known, stored: Stored, day: date, span: Chance | None, **again: Any) -> Verdict:
    deed, facts = DEEDS[stored.purpose], replace(known.facts(stored), **again)
    if span is not None:
        facts = replace(facts, is_done=deed.is_done(known, stored, span))
    verdict = decide(stored.plan, day, facts, known.now)
    if isinstance(verdict, Send) and span is not None:
        return deed.against(known, stored, span) or verdict
    return verdict


def _record(
    known: Known, stored: Stored, day: Day, span: Chance | None, key: str | None = None
) -> bool:
    """Writes the outcome of a date; False if somebody else did so before."""
    planned_at = None if span is None else span.planned
    new = occurrences.record(
        *(known.session, known.person.id, stored.id, day, known.now),
        planned_at=planned_at,
        key=key,
    )
    if new:
        known.wrote(
            Occurrence(
                *(stored.id, day.local_date, day.outcome, day.why, known.now, planned_at),
                key=key,
            )
        )
    else:
        known.reread()
    return new


def _woken(known: Known, stored: Stored) -> Stored:
    """Any answer brings the chosen days back."""
    if stored.plan.frequency is Frequency.NORMAL or not known.answered_since_slowed(stored):
        return stored
    account_for(known, stored)
    normal = replace(stored, plan=answered(stored.plan))
    schedules.save(known.session, normal)
    return normal


def _slow_down(known: Known, stored: Stored, to: Frequency, day: date) -> None:
    """All of one purpose become fewer together: it is said once."""
    known.slowed = True
    for each in schedules.of_person(known.session, known.person.id):
        if each.purpose == stored.purpose and each.active:
            schedules.save(known.session, replace(each, plan=slowed(each.plan, to, day)))


def _of(scene: Scene, stored: Stored, day: date) -> tuple[Session, UUID, UUID, date]:
    return scene.session, scene.person.id, stored.id, day
