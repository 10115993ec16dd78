"""Nothing vanishes: every date gone by gets its outcome, every schedule its next due row."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Outcome, account, next_moment
from bot.store import dues, occurrences, schedules
from bot.store.schedules import Stored
from bot.usecases.timetable.facts import BACK, Known

CHECKIN, REMINDER, SESSION, MEASURE = "checkin", "reminder", "session", "measure"
WORKSHOP = "workshop"
ROUND, KEPT, ALUMNI = "round", "kept", "alumni"
PURPOSES = (CHECKIN, REMINDER, SESSION, MEASURE, WORKSHOP, ROUND, KEPT, ALUMNI)
"""What a schedule's moments are for; also the kinds of their due rows."""
AGAIN = "again"
"""The kind of due row that brings back what was put off."""
FOLLOW = "follow"
"""The kind of due row that looks at somebody's schedules once a day."""
DAY = timedelta(days=1)


def account_for(known: Known, stored: Stored) -> None:
    """Writes the outcome of every date of this schedule that is over and has none."""
    session, person, plan = known.session, known.person.id, stored.plan
    today = known.now.astimezone(ZoneInfo(plan.zone)).date()
    dates = [each.local_date for each in known.of(stored.id)]
    last = max(dates, default=None)
    if last is None and plan.since < known.now - BACK:  # else all its dates were read
        last = occurrences.last_date(session, person, stored.id)
    # A date may be left open while later ones have their outcome, so a few are looked at again.
    first = last - 3 * DAY if last is not None else plan.since.date() - 2 * DAY
    days = [each.day for each in known.of(stored.id)]
    facts = known.facts(stored)
    found = [
        day
        for day in account(plan, facts, days, first, today + DAY, known.now)
        if day.outcome is not Outcome.OPEN and day.local_date not in facts.used
    ]
    for day in found:
        occurrences.record(session, person, stored.id, day, known.now)
    if found:
        known.reread()


def account_all(known: Known) -> list[Stored]:
    """The same for everything somebody has; called before anything about them changes, because
    dates gone by are judged by what held then. Gives the active schedules."""
    active = [each for each in schedules.of_person(known.session, known.person.id) if each.active]
    for each in active:
        account_for(known, each)
    return active


def plan_next(known: Known, stored: Stored, *, not_before: datetime | None = None) -> None:
    """Sets the one due row of this schedule, or takes it away where nothing comes any more."""
    key = due_key(stored)
    coming = next_moment(stored.plan, known.now, known.facts(stored)) if stored.active else None
    if coming is None:
        dues.clear_due(known.session, key)
        return
    at = max(coming[1], not_before or coming[1])
    dues.set_due(known.session, stored.person, stored.purpose, stored.id, None, at, key, known.now)


def close(known: Known) -> None:
    """Nothing comes any more: the programme is over for this person. What became of each date
    stays. The hello of alumni is theirs to end."""
    for each in account_all(known):
        if each.purpose == ALUMNI:
            continue
        ended = Stored(
            *(each.id, each.person, each.purpose, each.name, each.exercise, each.plan), active=False
        )
        schedules.save(known.session, ended)
        dues.clear_due(known.session, due_key(each))
        dues.clear_due(known.session, again_key(each))


def look_again(known: Known) -> None:
    """Looks at this person's schedules again in a day or so, each at another time, so that not
    everybody's look falls into one minute."""
    person = known.person.id
    at = known.now + DAY / 2 + timedelta(seconds=person.int % int(DAY.total_seconds()))
    dues.set_due(
        *(known.session, person, FOLLOW, None, None, at),
        *(follow_key(person), known.now),
    )


def catch_up(session: Session, now: datetime) -> int:
    """Members nobody looks after yet, because they joined before there were schedules, are looked
    at now; how many. Doing it twice does nothing more."""
    people = dues.members_without(session, FOLLOW)
    for person in people:
        dues.ensure_due(session, person, FOLLOW, now, follow_key(person), now)
    return len(people)


def follow_key(person: UUID) -> str:
    """Somebody's schedules are looked at by one row."""
    return f"follow.{person.hex}"


def due_key(stored: Stored) -> str:
    """A schedule has one moment to come."""
    return f"schedule.{stored.id.hex}"


def again_key(stored: Stored) -> str:
    """One of its reminders at a time is put off."""
    return f"again.{stored.id.hex}"
