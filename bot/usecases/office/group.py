"""One group at a glance: who practised, who is quiet, what was given and who has done it.

States and counts only: no word of a participant is here, whatever they agreed to.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.group_ring import GroupRing
from bot.catalog.text import said
from bot.store import assignments, attendance, enrolments, open_items, rollcall
from bot.store.assignments import Assignment
from bot.store.groups import Group
from bot.store.rollcall import Asked, Done, Present
from bot.usecases import group_ring
from bot.usecases.kit import Kit
from bot.usecases.office import meetings
from bot.usecases.office.meetings import Meeting
from bot.usecases.office.practices import is_exercise, title
from bot.usecases.office.quiet import Quiet, quiet_ones
from bot.usecases.office.reader import Reader, group_of, record
from bot.usecases.workshops import gifts

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the group, over the last seven days: exercises they practised, and check-ins
    and questionnaires they filled in. `last` is the local date of their last answer; `quiet_days`
    is None for whoever is not quiet; `was_there` None where there was no session since they came;
    `given` and `done` count what is assigned to them now."""

    person: UUID
    alias: str
    practised: int
    checked_in: int
    asked: Asked
    last: date | None
    quiet_days: int | None
    paused: bool
    was_there: bool | None
    given: int
    done: int
    phase: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """An exercise the group (`whom` is "") or one person was given, until the local date `until`,
    and how many of those it was given to have done it."""

    exercise: str
    title: str
    until: date
    whom: str
    person: UUID | None
    done: int
    people: int


@dataclass(frozen=True, slots=True)
class GivenWorkshop:
    """A workshop that people of the group were given with one tap; `whom` is "" where several have
    it. For so many of them a lesson has opened."""

    title: str
    whom: str
    people: int
    begun: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """The last session: how many of those who took part in the group then said they were there."""

    meeting: Meeting
    there: int
    people: int


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The page. `ring` is None where fewer than five agreed to be counted."""

    group: Group
    now: datetime
    rows: tuple[Row, ...]
    given: tuple[Given, ...]
    workshops: tuple[GivenWorkshop, ...]
    ring: GroupRing | None
    coming: Meeting | None
    attendance: Attendance | None
    newcomers: int

    @property
    def practised(self) -> int:
        """How many finished anything in the last seven days, as the ring counts it."""
        return sum(each.practised + each.checked_in > 0 for each in self.rows)

    @property
    def quiet(self) -> int:
        """How many are quiet."""
        return sum(each.quiet_days is not None for each in self.rows)


def group_page(
    session: Session, kit: Kit, reader: Reader, group_id: UUID, now: datetime
) -> GroupPage:
    """Everything of one of the reader's groups. Raises NotYoursError."""
    group = group_of(session, reader, group_id)
    found = page_of(session, kit, reader, group, now)
    record(session, reader, None, "group.listed", now, group=group.id)
    return found


def page_of(session: Session, kit: Kit, reader: Reader, group: Group, now: datetime) -> GroupPage:
    """The same, where it is known to be theirs and on record elsewhere."""
    here = rollcall.present(session, kit.vault, [group.id])
    today = now.astimezone(ZoneInfo(group.zone)).date()
    open_now = assignments.of_group(session, group.id, today)
    since = min((now - WEEK, *(each.at for each in open_now)))
    done = _Did(rollcall.finished(session, [group.id], since, now))
    over = meetings.last(session, group, now)
    there = attendance.of_session(session, group.id, over.day) if over is not None else set()
    return GroupPage(
        group=group,
        now=now,
        rows=_rows(session, kit, group, now, here, done, open_now, over, there),
        given=tuple(_given(kit, reader, each, here, done) for each in open_now),
        workshops=_workshops(session, group, reader, here),
        ring=group_ring.ring(session, kit, group, now),
        coming=meetings.coming(session, group, now),
        attendance=_attendance(over, there, here),
        newcomers=sum(each.many for each in open_items.newcomers(session, [group.id])),
    )


def _rows(
    session: Session,
    kit: Kit,
    group: Group,
    now: datetime,
    here: list[Present],
    done: "_Did",
    open_now: list[Assignment],
    over: Meeting | None,
    there: set[UUID],
) -> tuple[Row, ...]:
    quiet = {each.person: each for each in quiet_ones(session, kit, [group], now)}
    asked = rollcall.asked(session, [group.id], now - WEEK)
    heard = rollcall.heard(session, [group.id])
    zone = ZoneInfo(group.zone)
    practised, checked_in = done.counts(kit, now - WEEK)
    rows = [
        Row(
            person=each.person,
            alias=each.alias,
            practised=practised[each.person],
            checked_in=checked_in[each.person],
            asked=asked.get(each.person, Asked()),
            last=heard[each.person].astimezone(zone).date() if each.person in heard else None,
            quiet_days=_quiet_days(quiet.get(each.person), now),
            paused=each.paused_until is not None and each.paused_until > now,
            was_there=_was_there(each, over, there),
            given=sum(one.person in (None, each.person) for one in open_now),
            done=sum(done.has(one, each.person) for one in open_now),
            phase=each.phase,
        )
        for each in here
    ]
    rows.sort(key=lambda each: (each.quiet_days is None, each.alias.casefold()))
    return tuple(rows)


def _quiet_days(quiet: Quiet | None, now: datetime) -> int | None:
    return None if quiet is None else quiet.days(now)


def _was_there(each: Present, over: Meeting | None, there: set[UUID]) -> bool | None:
    if over is None or each.since > over.starts:
        return None
    return each.person in there


def _attendance(over: Meeting | None, there: set[UUID], here: list[Present]) -> Attendance | None:
    people = {each.person for each in here if over is not None and each.since <= over.starts}
    if over is None or not people:
        return None
    return Attendance(over, len(there & people), len(people))


class _Did:
    """What a group finished, found by person and exercise: groups are large, and lists are long."""

    def __init__(self, done: list[Done]) -> None:
        self._done = done
        # In the order it happened, so the latest stands.
        self._latest = {(each.person, each.exercise): each.at for each in done}

    def has(self, given: Assignment, person: UUID) -> bool:
        """Whether this person has done what they were given, since they were given it."""
        latest = self._latest.get((person, given.exercise))
        return given.person in (None, person) and latest is not None and latest >= given.at

    def counts(self, kit: Kit, since: datetime) -> tuple[Counter[UUID], Counter[UUID]]:
        """How many exercises each has practised since then, and how many check-ins they did."""
        practised, checked_in = Counter[UUID](), Counter[UUID]()
        for each in self._done:
            if each.at >= since:
                (practised if is_exercise(kit, each.exercise) else checked_in)[each.person] += 1
        return practised, checked_in


def _workshops(
    session: Session, group: Group, reader: Reader, here: list[Present]
) -> tuple[GivenWorkshop, ...]:
    aliases = {each.person: each.alias for each in here}
    known = gifts.gifts(session, group.id)
    begun = enrolments.begun(session, group.id) if known else set()
    return tuple(
        GivenWorkshop(
            title=said(gifts.title(session, each), reader.language),
            whom=aliases.get(each.person, "") if each.person is not None else "",
            people=len(each.enrolments),
            begun=sum(one.id in begun for one in each.enrolments),
        )
        for each in known
    )


def _given(kit: Kit, reader: Reader, given: Assignment, here: list[Present], done: _Did) -> Given:
    whom = [each.person for each in here if given.person in (None, each.person)]
    aliases = {each.person: each.alias for each in here}
    return Given(
        exercise=given.exercise,
        title=title(kit, given.exercise, reader.language),
        until=given.until,
        whom=aliases.get(given.person, "") if given.person is not None else "",
        person=given.person,
        done=sum(done.has(given, each) for each in whom),
        people=len(whom),
    )
