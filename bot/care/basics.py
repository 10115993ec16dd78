"""Seven days of body basics, and what goes with a better mood (clinical notes, A3)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from statistics import StatisticsError, correlation

from bot.care.entry import Entry

DAYS = 7
LEAST_DAYS, LEAST_R = 14, 0.4
"""Fewer days, or a weaker link, say nothing worth saying."""
MEALS, HOURS = 3, 6
"""Regular meals from 3 of 5 on; a night from 6 hours on. Ours, as a mark on a strip needs a line;
neither is a target."""


class Mark(StrEnum):
    """How much of what was asked a day held."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    NO_ENTRY = "no_entry"


def strip(entries: Iterable[Entry], today: date) -> tuple[Mark, ...]:
    """The last seven days up to today, oldest first; the newest entry of a day counts."""
    by_day = {each.day: each for each in sorted(entries, key=lambda entry: entry.at)}
    days = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(_mark(by_day.get(day)) for day in days)


def _mark(entry: Entry | None) -> Mark:
    if entry is None:
        return Mark.NO_ENTRY
    held = [each for each in _basics(entry) if each is not None]
    if all(held):
        return Mark.ALL
    return Mark.SOME if any(held) else Mark.NONE


def _basics(entry: Entry) -> list[bool | None]:
    """Which of the basics were held; None for what was not asked or does not apply."""
    chosen = ("illness", "medication", "meal_plan", "substances")
    said = {"yes": True, "no": False}
    eating, sleep = entry.number("eating"), entry.number("sleep")
    return [
        *(said.get(entry.text(name)) for name in chosen),
        None if eating is None else eating >= MEALS,
        None if sleep is None else sleep >= HOURS,
    ]


def sleep_and_mood(sleep: Mapping[date, float], mood: Mapping[date, float]) -> int:
    """1 where days with more sleep tended to be better ones, -1 for the opposite, 0 where nothing
    can be said: fewer than 14 days with both, or |r| below 0.4."""
    days = sleep.keys() & mood.keys()
    if len(days) < LEAST_DAYS:
        return 0
    try:
        r = correlation([sleep[day] for day in days], [mood[day] for day in days])
    except StatisticsError:  # every day was alike
        return 0
    if abs(r) < LEAST_R:
        return 0
    return 1 if r > 0 else -1
