"""Brings somebody's schedules in line with what should be: begins, changes and ends them.

What is assigned brings a reminder of its own.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.cadence import AroundSession, FixedTime, Quiet, Schedule, travelled
from bot.care.phase import Phase
from bot.store import schedules
from bot.store.ids import new_id
from bot.store.members import Member
from bot.store.people import Standing
from bot.store.schedules import Stored
from bot.usecases.timetable.facts import Known
from bot.usecases.timetable.hours import free_hour, hours_of, quiet_of, reminded_at
from bot.usecases.timetable.keep import (
    CHECKIN,
    KEPT,
    REMINDER,
    ROUND,
    SESSION,
    account_all,
    look_again,
    plan_next,
)
from bot.usecases.timetable.wanted import Wanted, all_wanted, moved

REMINDED = (1, 3, 5)
"""Days after something was assigned on which it is reminded of."""


def follow(known: Known) -> None:
    """Brings the schedules in line with what the person and their group chose. Idempotent."""
    member = known.member
    if member is None or known.person.standing is not Standing.MEMBER:
        return
    quiet = quiet_of(member)
    wanted = {each.name: each for each in all_wanted(known, member, quiet)}
    account_all(known)
    have = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    for name, each in wanted.items():
        if name not in have:
            add(known, each, quiet)
        else:
            _adjust(known, have[name], each, quiet)
    hours = hours_of(member, quiet)
    for name, hour in moved(hours, quiet):
        kept = have.get(name)
        if kept is not None and kept.active:
            same = Wanted(name, name, FixedTime(at=hour), kept.plan.weekdays)
            _adjust(known, kept, same, quiet)
    for name, stored in have.items():
        if stored.purpose in (CHECKIN, SESSION) and name not in wanted and stored.active:
            end(known, stored)
        if stored.purpose in (ROUND, KEPT) and stored.active:
            _bring_along(known, stored, member, quiet)
    look_again(known)


def meet_anew(known: Known) -> None:
    """The group meets at other times from now on: what hangs on its sessions is planned anew. The
    dates gone by must have their outcome before (`account_all`): they are judged by what held."""
    follow(known)
    for each in schedules.of_person(known.session, known.person.id):
        if each.active and isinstance(each.plan.anchor, AroundSession):
            plan_next(known, each)


def _bring_along(known: Known, stored: Stored, member: Member, quiet: Quiet | None) -> None:
    """What the person chose besides keeps to their hours; what stays at step-down ends with it."""
    hour = free_hour(member, quiet)
    if hour is None or (stored.purpose == KEPT and member.phase != Phase.STEP_DOWN):
        end(known, stored)
        return
    at, days = FixedTime(at=hour), stored.plan.weekdays
    _adjust(known, stored, Wanted(stored.purpose, stored.name, at, days, stored.exercise), quiet)


def resume(known: Known, wanted: Wanted, quiet: Quiet | None) -> Stored:
    """Begins a schedule, or begins it anew where the person had one of that name."""
    had = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    if wanted.name not in had:
        return add(known, wanted, quiet)
    plan = _from_now(known, had[wanted.name].id, wanted, quiet)
    again = replace(had[wanted.name], exercise=wanted.exercise, plan=plan, active=True)
    schedules.save(known.session, again)
    plan_next(known, again)
    return again


def remind(known: Known, until: date) -> None:
    """Something was assigned up to that day: a reminder on the next day and every other day after,
    before the day itself; today where no other is left."""
    member = known.member
    quiet = quiet_of(member) if member is not None else None
    hours = hours_of(member, quiet) if member is not None else []
    if not hours:
        return
    today = known.now.astimezone(ZoneInfo(known.person.zone)).date()
    ahead = (today + timedelta(days=each) for each in REMINDED)
    days = [day for day in ahead if day < until] or [today]
    weekdays = tuple(sorted({day.weekday() for day in days}))
    wanted = Wanted(REMINDER, REMINDER, FixedTime(at=reminded_at(hours, quiet)), weekdays)
    account_all(known)
    span = {"since": known.now, "first": days[0], "until": days[-1]}
    had = {each.name: each for each in schedules.of_person(known.session, known.person.id)}
    if REMINDER not in had:
        add(known, wanted, quiet, **span)
        return
    plan = {**dict(had[REMINDER].plan), "anchor": wanted.anchor, "weekdays": weekdays, **span}
    fresh = Schedule.model_validate({**plan, "quiet": quiet, "zone": known.person.zone})
    kept = replace(had[REMINDER], plan=fresh, active=True)
    schedules.save(known.session, kept)
    plan_next(known, kept)


def travel(known: Known, zone: str) -> None:
    """The person lives by another clock from now on; `known.person` is as they were before."""
    for each in account_all(known):
        moved = replace(each, plan=travelled(each.plan, zone, known.now))
        schedules.save(known.session, moved)
        plan_next(known, moved)


def add(known: Known, wanted: Wanted, quiet: Quiet | None, **more: object) -> Stored:
    """Begins a schedule; `more` are fields of the plan, such as its last date."""
    schedule_id = new_id(known.now)
    plan = _from_now(known, schedule_id, wanted, quiet, **more)
    stored = Stored(
        *(schedule_id, known.person.id, wanted.purpose, wanted.name, wanted.exercise, plan)
    )
    schedules.add(known.session, stored, known.now)
    plan_next(known, stored)
    return stored


def _from_now(
    known: Known, schedule_id: UUID, wanted: Wanted, quiet: Quiet | None, **more: object
) -> Schedule:
    return Schedule.model_validate(
        {
            "id": schedule_id,
            "participant": known.person.id,
            "anchor": wanted.anchor,
            "zone": known.person.zone,
            "weekdays": wanted.weekdays,
            "quiet": quiet,
            "since": known.now,
            **more,
        }
    )


def _adjust(known: Known, stored: Stored, wanted: Wanted, quiet: Quiet | None) -> None:
    plan = stored.plan
    same = plan.anchor == wanted.anchor and plan.quiet == quiet and plan.weekdays == wanted.weekdays
    if same and stored.active:
        return
    since = plan.since if stored.active and plan.anchor == wanted.anchor else known.now
    fresh = {} if stored.active else {"skip_on": None, "frequency": "normal"}
    changed = {
        **dict(plan),
        "anchor": wanted.anchor,
        "quiet": quiet,
        "weekdays": wanted.weekdays,
        "since": since,
        **fresh,
    }
    if plan.weekdays != wanted.weekdays:  # every other day of fewer days could be none at all
        changed |= {"frequency": "normal", "slowed_on": None}
    if not stored.active:
        changed |= {"zone": known.person.zone, "move": None, "slowed_on": None, "until": None}
    kept = replace(stored, plan=Schedule.model_validate(changed), active=True)
    schedules.save(known.session, kept)
    plan_next(known, kept)


def end(known: Known, stored: Stored) -> None:
    """Nothing of this schedule comes any more."""
    ended = replace(stored, active=False)
    schedules.save(known.session, ended)
    plan_next(known, ended)
