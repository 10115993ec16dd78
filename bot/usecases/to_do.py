"""What somebody was given and has not done since."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.load import Library
from bot.store import assignments, past_runs
from bot.store.assignments import Assignment
from bot.store.groups import Group


def to_do(
    session: Session, library: Library, person: UUID, group: Group, now: datetime
) -> list[tuple[Assignment, Exercise]]:
    """What still counts of it on the group's calendar, the newest first."""
    today = now.astimezone(ZoneInfo(group.zone)).date()
    given = assignments.open_for(session, group.id, person, today)
    found = ((each, library.find(each.exercise)) for each in given)
    return [
        (each, exercise)
        for each, exercise in found
        if exercise is not None and not past_runs.did(session, person, each.exercise, each.at)
    ]


def weekday(day: date, language: str) -> str:
    """The day it is for, by its name."""
    return str(get_day_names("wide", locale=language)[day.weekday()])
