"""What has to be known of a person and of ourselves before one moment is decided."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Facts, Outcome, Pause, Standing, days, ignored, placed, read_hour
from bot.engine.run import Status
from bot.store import groups, members, occurrences, outages, people, runs
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.occurrences import Occurrence
from bot.store.people import Participant
from bot.store.runs import StoredRun
from bot.store.schedules import Stored
from bot.usecases.kit import Kit

BACK = timedelta(days=45)
"""Further back nothing is looked at: six weeks hold more than is ever counted."""
AHEAD = 16
"""Days of sessions looked at: the next one of a weekly group is among them."""
STANDING = {
    people.Standing.MEMBER: Standing.ACTIVE,
    people.Standing.DISCHARGED: Standing.DISCHARGED,
}


class Known:
    """What was read of one person in one transaction; each thing is read once, when asked for."""

    def __init__(self, session: Session, kit: Kit, person: Participant, now: datetime) -> None:
        self.session, self.kit, self.person, self.now = session, kit, person, now
        self.occurrences = self._read()
        behind = occurrences.behind(session, person.id)
        was_down = behind.down_until is not None and behind.down_until > now - BACK
        self.outages = outages.since(session, now - BACK) if was_down else ()
        self.answered_at = _latest(
            [behind.answered_at, *(each.touched_at for each in self.occurrences)]
        )
        self.slowed = False
        self._facts: dict[UUID, Facts] = {}

    def reread(self) -> None:
        """After outcomes were written."""
        self.occurrences = self._read()
        self._facts.clear()

    def wrote(self, occurrence: Occurrence) -> None:
        """After one outcome was written, which need not be read again."""
        self.occurrences.append(occurrence)
        self._facts.clear()

    def _read(self) -> list[Occurrence]:
        return occurrences.recent(self.session, self.person.id, self.now - BACK)

    @cached_property
    def member(self) -> Member | None:
        """Their place in a group."""
        return members.get(self.session, self.kit.vault, self.person.id)

    @cached_property
    def group(self) -> Group | None:
        """Their group."""
        return groups.of_person(self.session, self.person.id)

    @cached_property
    def sessions(self) -> tuple[datetime, ...]:
        """The group's sessions around now (UTC)."""
        return () if self.group is None else sessions_around(self.session, self.group, self.now)

    @cached_property
    def waiting(self) -> StoredRun | None:
        """The exercise that waited for their answer when this was read."""
        found = runs.open_run(self.session, self.kit.vault, self.person.id)
        return found if found is not None and found.run.status is Status.WAITING else None

    def of(self, schedule: UUID) -> list[Occurrence]:
        """What became of one schedule's dates, oldest first."""
        return [each for each in self.occurrences if each.schedule == schedule]

    def facts(self, stored: Stored) -> Facts:
        """The facts `care.cadence` decides by."""
        if stored.id not in self._facts:
            self._facts[stored.id] = self._facts_of(stored)
        return self._facts[stored.id]

    def _facts_of(self, stored: Stored) -> Facts:
        mine = self.of(stored.id)
        deliveries = [each.sent_at for each in mine if each.sent_at is not None]
        unasked = [each.sent_at for each in self.occurrences if each.sent_at is not None]
        is_on_session = stored.plan.anchor.kind == "session"
        is_counted = stored.plan.anchor.kind == "days_after"
        since = self.member if is_counted else None
        return Facts(
            standing=STANDING.get(self.person.standing, Standing.PENDING),
            pause=pause_of(self.person, self.now),
            enrolled_on=_local(since.confirmed_at if since else None, self.person.zone),
            discharged_on=_local(since.discharged_at if since else None, self.person.zone),
            sessions=self.sessions if is_on_session else (),
            used=frozenset(each.local_date for each in mine),
            last_sent=_latest(deliveries),
            last_unasked=_latest(unasked),
            ignored=ignored(deliveries, self.answered_at, self.outages),
            outages=self.outages,
            busy_at=self._busy_at,
        )

    def answered_since_slowed(self, stored: Stored) -> bool:
        """Whether the person answered anything after they were told of fewer messages."""
        if stored.plan.slowed_on is None or self.answered_at is None:
            return False
        told = [
            each.decided_at
            for each in self.of(stored.id)
            if each.local_date == stored.plan.slowed_on and each.outcome is Outcome.SENT
        ]
        return bool(told) and self.answered_at > told[0]

    @cached_property
    def _busy_at(self) -> datetime | None:
        found = self.waiting
        if found is None:
            return None
        ours = occurrences.is_ours(self.session, self.person.id, found.id)
        return None if ours and found.run.turn <= 1 else found.updated_at


def pause_of(person: Participant, now: datetime) -> Pause | None:
    """The person's pause by local dates. It ends within a day, so that day counts while it lasts.

    Every date before it had its outcome when it began (`account_all`), so no beginning is needed;
    and one that is over still tells why nothing came while we were away.
    """
    until = person.paused_until
    if until is None:
        return None
    last = until.astimezone(ZoneInfo(person.zone)).date()
    return Pause(since=date.min, until=last + timedelta(days=1) if until > now else last)


def sessions_around(session: Session, group: Group, now: datetime) -> tuple[datetime, ...]:
    """The group's sessions (UTC) from last week to the week after next."""
    today = now.astimezone(ZoneInfo(group.zone)).date()
    first, last = today - timedelta(days=8), today + timedelta(days=AHEAD - 1)
    return tuple(sorted(at for _, at, _ in meetings(session, group, first, last)))


def meetings(
    session: Session, group: Group, first: date, last: date
) -> Iterator[tuple[date, datetime, int]]:
    """The sessions of a group on its local dates from the first to the last: the date, the start
    (UTC) and the minutes of each. One weekly time after the other, so not in order."""
    zone = ZoneInfo(group.zone)
    for each in groups.sessions_of(session, group.id):
        hour = read_hour(each.starts)
        for day in days(first, last):
            if hour is not None and day.weekday() == each.weekday:
                yield day, placed(day, hour, zone).at, each.minutes


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((each for each in moments if each is not None), default=None)


def _local(moment: datetime | None, zone: str) -> date | None:
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).date()
