"""The sessions of a group around now: the one that comes or goes on, and the last one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.store.groups import Group
from bot.usecases.timetable.facts import meetings

BACK, AHEAD = 15, 16
"""Days looked at: the last and the next session of a weekly group are among them."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session of a group: `day` is its local date; `starts` and `ends` are UTC. It is told on
    the group's clock (`zone`), as it is kept and as everybody in it says it."""

    day: date
    starts: datetime
    ends: datetime
    zone: str


def around(session: Session, group: Group, now: datetime) -> list[Meeting]:
    """The sessions from two weeks ago to two weeks ahead, in order, by the group's calendar."""
    return sorted(_around(session, group, now), key=lambda each: each.starts)


def coming(session: Session, group: Group, now: datetime) -> Meeting | None:
    """The session that goes on, or the next one; None where the group has none."""
    return next((each for each in around(session, group, now) if each.ends > now), None)


def last(session: Session, group: Group, now: datetime) -> Meeting | None:
    """The last one that is over."""
    over = [each for each in around(session, group, now) if each.ends <= now]
    return over[-1] if over else None


def _around(session: Session, group: Group, now: datetime) -> Iterator[Meeting]:
    today = now.astimezone(ZoneInfo(group.zone)).date()
    first, last = today - timedelta(days=BACK), today + timedelta(days=AHEAD - 1)
    for day, starts, minutes in meetings(session, group, first, last):
        yield Meeting(day, starts, starts + timedelta(minutes=minutes), group.zone)
