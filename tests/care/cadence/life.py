"""Somebody's weeks with their reminders: rings due moments as the bot does, on a clock of its own.

It keeps one due moment per schedule and one outcome per local date, and does nothing else clever:
whatever holds here holds because of `bot.care.cadence`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.cadence import (
    Day,
    Expire,
    Facts,
    Later,
    Outage,
    Outcome,
    Pause,
    Schedule,
    Send,
    Skip,
    Why,
    account,
    answered,
    decide,
    ignored,
    next_moment,
    slowed,
    snooze,
    travelled,
)

MOST_RINGS = 5_000
"""More rings than this is a moment that is put off for ever."""


@dataclass(frozen=True)
class Sent:
    """One message that went out (wall clock, UTC), and what held then."""

    schedule: Schedule
    local_date: date
    at: datetime
    again: bool


@dataclass
class Life:
    """Holds what the database would hold. `now` is the wall clock, which may be moved."""

    now: datetime
    schedules: dict[UUID, Schedule]
    sessions: tuple[datetime, ...] = ()
    sent: list[Sent] = field(default_factory=list)
    days: dict[UUID, list[Day]] = field(default_factory=dict)
    due: dict[UUID, tuple[date, datetime] | None] = field(default_factory=dict)
    snoozed: dict[UUID, tuple[date, datetime, int]] = field(default_factory=dict)
    outages: list[Outage] = field(default_factory=list)
    answered_at: datetime | None = None
    pause: Pause | None = None
    rings: int = 0

    def __post_init__(self) -> None:
        self.days = {each: [] for each in self.schedules}
        self.plan_all()

    def facts(self, of: UUID) -> Facts:
        """What the bot would read from the database."""
        mine = [sent.at for sent in self.sent if sent.schedule.id == of]
        return Facts(
            pause=self.pause,
            used=frozenset(day.local_date for day in self.days[of]),
            sessions=self.sessions,
            last_sent=max(mine, default=None),
            last_unasked=max((sent.at for sent in self.sent), default=None),
            ignored=ignored(mine, self.answered_at, self.outages),
            outages=tuple(self.outages),
        )

    def plan_all(self) -> None:
        """Works out every next moment anew."""
        for each in self.schedules:
            self.plan(each)

    def plan(self, of: UUID) -> None:
        """Works out the next moment of one schedule."""
        self.due[of] = next_moment(self.schedules[of], self.now, self.facts(of))

    def tick(self) -> None:
        """Rings everything that is due by now."""
        for of, due in list(self.due.items()):
            if due is not None and due[1] <= self.now:
                self.ring(of, due[0])
        for of, (day, at, count) in list(self.snoozed.items()):
            if at <= self.now:
                self.ring_again(of, day, at, count)

    def ring(self, of: UUID, day: date) -> None:
        """One due moment, as often as a worker finds it."""
        self.rings += 1
        assert self.rings < MOST_RINGS
        schedule = self.schedules[of]
        match decide(schedule, day, self.facts(of), self.now):
            case Send(notice, again):
                assert not again
                self.sent.append(Sent(schedule, day, self.now, again=False))
                self.days[of].append(Day(day, Outcome.SENT))
                if notice is not None:
                    self.schedules[of] = slowed(schedule, notice, day)
            case Later(at):
                assert at > self.now
                self.due[of] = (day, at)
                return
            case Skip(Why.USED):
                pass
            case Skip() | Expire() as over:
                self.days[of].append(Day(day, over.outcome, over.why))
        self.plan(of)

    def ring_again(self, of: UUID, day: date, at: datetime, count: int) -> None:
        """A snoozed reminder comes back."""
        facts = replace(self.facts(of), snoozed_to=at, snoozes=count)
        match decide(self.schedules[of], day, facts, self.now):
            case Send(again=True):
                self.sent.append(Sent(self.schedules[of], day, self.now, again=True))
                del self.snoozed[of]
            case Later(again_at):
                self.snoozed[of] = (day, again_at, count)
            case _:
                del self.snoozed[of]

    def live(self, span: timedelta) -> None:
        """We are up, and look at each moment when it comes."""
        end = self.now + span
        while True:
            moments = [due[1] for due in self.due.values() if due is not None]
            moments += [at for _, at, _ in self.snoozed.values()]
            coming = min(moments, default=end)
            if coming > end:
                break
            self.now = max(self.now, coming)
            self.tick()
            if coming == end:
                break
        self.now = end

    def go_down(self, span: timedelta) -> None:
        """We are down for a while, and look at once when we are back."""
        start = self.now
        self.now += span
        self.outages.append(Outage(start, self.now))
        self.tick()

    def travel(self, zone: str) -> None:
        """The person is in another zone from now on."""
        self.keep_account()
        for of, schedule in self.schedules.items():
            self.schedules[of] = travelled(schedule, zone, self.now)
        self.plan_all()

    def change(self, of: UUID, schedule: Schedule) -> None:
        """The person changes a schedule."""
        self.keep_account()
        self.schedules[of] = schedule
        self.plan(of)

    def rest(self, until: date | None) -> None:
        """The person pauses everything until that local date, or ends the pause."""
        self.keep_account()
        self.pause = None if until is None else Pause(date.min, until)

    def step(self, by: timedelta) -> None:
        """The wall clock of our machine jumps."""
        self.now += by
        if by < timedelta(0):
            self.plan_all()

    def answer(self) -> None:
        """The person answers something."""
        self.answered_at = self.now
        for of, schedule in self.schedules.items():
            self.change(of, answered(schedule))

    def snooze(self, of: UUID) -> bool:
        """The person presses [In 1 h] on the last message of this schedule."""
        mine = [sent.local_date for sent in self.sent if sent.schedule.id == of]
        if not mine:
            return False
        day = mine[-1]
        count = self.snoozed[of][2] if of in self.snoozed else self._snoozes(of, day)
        facts = replace(self.facts(of), snoozes=count)
        match snooze(self.schedules[of], day, facts, self.now):
            case Later(at):
                self.snoozed[of] = (day, at, count + 1)
                return True
            case _:
                return False

    def _snoozes(self, of: UUID, day: date) -> int:
        return sum(s.again and s.local_date == day and s.schedule.id == of for s in self.sent)

    def keep_account(self) -> None:
        """Stores the outcome of every date gone by that has none yet."""
        for of in self.schedules:
            self.days[of] = [day for day in self.accounted(of) if day.outcome is not Outcome.OPEN]

    def accounted(self, of: UUID) -> tuple[Day, ...]:
        """Every scheduled local date up to now with its outcome."""
        first = self.schedules[of].since.date() - timedelta(days=2)
        last = self.now.date() + timedelta(days=2)
        return account(self.schedules[of], self.facts(of), self.days[of], first, last, self.now)


def minutes_of(at: datetime, zone: ZoneInfo) -> int:
    """What the clock on the wall shows, in minutes since midnight."""
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute


def dates_there(first: datetime, last: datetime, zone: ZoneInfo) -> list[date]:
    """The local dates between two instants, found by looking at the calendar every half hour."""
    half_hours = int((last - first) / timedelta(minutes=30))
    seen = {(first + timedelta(minutes=30 * n)).astimezone(zone).date() for n in range(half_hours)}
    return sorted(seen)
