"""What somebody was given and has not done since."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from bot.catalog.exercise import Exercise
from bot.store import assignments, past_runs
from bot.store.assignments import Assignment
from bot.store.groups import Group
from bot.usecases.offering import Offering, Whose


def to_do(whose: Whose, group: Group, now: datetime) -> list[tuple[Assignment, Exercise]]:
    """What still counts of it on the group's calendar, the newest first. Not what is closed for
    them: it was opened for those who were there when the group was given it, and whoever came later
    would be told of something that they cannot begin."""
    session, person, library = whose.session, whose.person.id, whose.kit.library
    today = now.astimezone(ZoneInfo(group.zone)).date()
    given = assignments.open_for(session, group.id, person, today)
    offering = Offering(whose)
    found = ((each, library.find(each.exercise)) for each in given)
    return [
        (each, exercise)
        for each, exercise in found
        if exercise is not None
        and offering.why_not(exercise) is None
        and not past_runs.did(session, person, each.exercise, each.at)
    ]


def weekday(day: date, language: str) -> str:
    """The day it is for, by its name."""
    return str(get_day_names("wide", locale=language)[day.weekday()])
