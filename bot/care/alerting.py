"""Who is told of an alert, in which order and when: local office hours in, UTC out.

Times follow the clinical notes, section D5: a crisis is told at once and goes up after the
programme's minutes; a concern is acknowledged by the end of a working day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.catalog.risk import Tier

SHORT_DAY = timedelta(hours=1)
"""A concern that comes later than this before closing is for the next working day."""
WEEK = range(-1, 9)
"""Days around a moment in which every weekly span shows up, the one after it included."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One weekly span: weekday 0 (Monday) to 6, local HH:MM; up to 24:00, or past midnight."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When a group's therapists read, in the group's IANA zone."""

    zone: str
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of office time (UTC)."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """Minutes until an alert nobody took goes to the back-up, and to the lead."""

    open_backup: int = 15
    open_lead: int = 30
    closed_backup: int = 30
    closed_lead: int = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """Who can be told, each in order; somebody who cannot be reached is not on it.

    `away` are those of them who are out of office: an alert goes past them (`present`).
    """

    hours: Hours
    patience: Patience
    therapists: tuple[UUID, ...] = ()
    on_call: tuple[UUID, ...] = ()
    leads: tuple[UUID, ...] = ()
    away: frozenset[UUID] = frozenset()

    @property
    def everybody(self) -> tuple[UUID, ...]:
        """All of them once, whoever is away too."""
        return tuple(dict.fromkeys(self.therapists + self.on_call + self.leads))


def present(desk: Desk) -> Desk:
    """The desk without those who are away; as it is where that would leave nobody, because an
    alert that reaches somebody on holiday is better than one that reaches nobody."""

    def there(several: tuple[UUID, ...]) -> tuple[UUID, ...]:
        return tuple(each for each in several if each not in desk.away)

    without = replace(
        desk,
        therapists=there(desk.therapists),
        on_call=there(desk.on_call),
        leads=there(desk.leads),
    )
    return without if without.everybody else desk


@dataclass(frozen=True, slots=True)
class Step:
    """At this moment (UTC) these people are told, unless somebody took the alert before."""

    at: datetime
    who: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """All steps of an alert; if nobody has taken it at `silent_at`, nobody answered."""

    steps: tuple[Step, ...]
    silent_at: datetime

    def waits(self, now: datetime) -> bool:
        """Whether nobody is told before the office opens."""
        return bool(self.steps) and self.steps[0].at > now


def spans(hours: Hours, now: datetime) -> Iterator[Span]:
    """Office time that has not ended, soonest first; () where no hours are set."""
    zone = ZoneInfo(hours.zone)
    today = now.astimezone(zone).date()
    found = []
    for each in hours.openings:
        for ahead in WEEK:
            day = today + timedelta(days=ahead)
            if day.weekday() == each.weekday:
                late = each.closes <= each.opens
                opens = _moment(datetime.combine(day, time.min), each.opens, zone)
                end = day + timedelta(days=1) if late else day
                closes = _moment(datetime.combine(end, time.min), each.closes, zone)
                found.append(Span(opens, closes))
    yield from sorted((each for each in found if each.closes > now), key=lambda span: span.opens)


def _moment(midnight: datetime, clock: str, zone: ZoneInfo) -> datetime:
    """That local time of that day, as UTC; a time that the clocks skip moves on with them."""
    hour, minute = (int(part) for part in clock.split(":"))
    local = midnight + timedelta(hours=hour, minutes=minute)  # 24:00 is the next day's midnight
    return local.replace(tzinfo=zone).astimezone(UTC)


def open_span(hours: Hours, now: datetime) -> Span | None:
    """The office time that holds this moment."""
    return next((span for span in spans(hours, now) if span.opens <= now), None)


def next_opening(hours: Hours, now: datetime) -> datetime | None:
    """When the office opens next (UTC), None where no hours are set."""
    return next((span.opens for span in spans(hours, now) if span.opens > now), None)


def route(tier: Tier, desk: Desk, now: datetime, *, today: bool = False) -> Route:
    """Whom an alert raised now goes to, and when; past whoever is away. A concern for `today` does
    not wait for an office that opens on another day where somebody is on call (D3 there)."""
    there = present(desk)
    if tier is Tier.CRISIS:
        return _crisis(there, now)
    way = _concern(there, now)
    if today and there.on_call and way.steps and _is_later_day(way.steps[0].at, now, desk):
        return Route((Step(now, there.on_call[:1]), *way.steps), way.silent_at)
    return way


def _is_later_day(moment: datetime, now: datetime, desk: Desk) -> bool:
    zone = ZoneInfo(desk.hours.zone)
    return moment.astimezone(zone).date() > now.astimezone(zone).date()


def _crisis(desk: Desk, now: datetime) -> Route:
    minutes = desk.patience
    in_office = (minutes.open_backup, minutes.open_lead)
    after_hours = (minutes.closed_backup, minutes.closed_lead)
    opening = next_opening(desk.hours, now)
    if open_span(desk.hours, now) is not None:
        return _timed(_levels(desk.therapists + desk.on_call, desk), now, in_office)
    if desk.on_call or opening is None:
        return _timed(_levels(desk.on_call + desk.therapists, desk), now, after_hours)
    return _timed(_levels(desk.therapists, desk), opening, in_office)


def _concern(desk: Desk, now: datetime) -> Route:
    levels = _levels(desk.therapists + desk.on_call, desk)
    ahead = list(spans(desk.hours, now))
    if not ahead:
        moments = [now + timedelta(days=day) for day in range(len(levels) + 1)]
        return _stepped(levels, moments)
    begins = max(now, ahead[0].opens)
    too_late = ahead[0].closes - begins < SHORT_DAY
    days = ahead[1:] if too_late and len(ahead) > 1 else ahead
    closings = [span.closes for span in days]
    while len(closings) < len(levels):
        closings.append(closings[-1] + timedelta(days=7))
    return _stepped(levels, [begins, *closings[: max(1, len(levels))]])


def _levels(chain: tuple[UUID, ...], desk: Desk) -> list[tuple[UUID, ...]]:
    """The first, their back-up, then all leads (without one: everybody who is left)."""
    order = tuple(dict.fromkeys(chain))
    first_two: list[tuple[UUID, ...]] = [(each,) for each in order[:2]]
    leads = tuple(each for each in desk.leads if each not in order[:2])
    rest = leads or order[2:]
    return [*first_two, rest] if rest else first_two


def _timed(levels: list[tuple[UUID, ...]], start: datetime, minutes: tuple[int, int]) -> Route:
    backup, lead = minutes
    after = (0, backup, lead, lead + max(lead - backup, 1))
    return _stepped(levels, [start + timedelta(minutes=each) for each in after])


def _stepped(levels: list[tuple[UUID, ...]], moments: list[datetime]) -> Route:
    steps = tuple(Step(at, who) for at, who in zip(moments, levels, strict=False))
    return Route(steps, moments[len(levels)])
