"""Somebody's schedules in the database: which there are, what became of each date, what is next."""

from bot.usecases.timetable.facts import Known
from bot.usecases.timetable.follow import follow, meet_anew, remind, travel
from bot.usecases.timetable.keep import (
    FOLLOW,
    PURPOSES,
    account_all,
    catch_up,
    close,
    plan_next,
)
from bot.usecases.timetable.lessons import lessons, no_lessons

__all__ = [
    "FOLLOW",
    "PURPOSES",
    "Known",
    "account_all",
    "catch_up",
    "close",
    "follow",
    "lessons",
    "meet_anew",
    "no_lessons",
    "plan_next",
    "remind",
    "travel",
]
