"""When the next check-in falls due and what to do then. Local time in, UTC out; knows no clock.

The caller keeps one due row per schedule and one outcome per (participant, schedule, local date),
unique in the database. When the row rings: `decide`; store the outcome; `next_moment`.
"""

from bot.care.cadence.accounting import Day, account
from bot.care.cadence.ahead import next_day_at, next_moment
from bot.care.cadence.anchor import Anchor, AroundSession, DaysAfter, FixedTime
from bot.care.cadence.back_off import answered, slowed, slower, weekly_day
from bot.care.cadence.changes import travelled, without_today
from bot.care.cadence.dates import Chance, chance, chances
from bot.care.cadence.deciding import decide
from bot.care.cadence.facts import Facts, Outage, Pause, Standing, ignored, outage
from bot.care.cadence.hour import guess_hour, read_hour
from bot.care.cadence.quiet import Quiet, after_quiet, is_quiet
from bot.care.cadence.schedule import Frequency, Schedule
from bot.care.cadence.snoozing import snooze
from bot.care.cadence.trusting import Beat, Trust, trust, trust_again
from bot.care.cadence.verdict import Expire, Later, Outcome, Send, Skip, Verdict, Why
from bot.care.cadence.wall_clock import Placed, Reading, days, exists, placed
from bot.care.cadence.zones import find_zone, guess_zone, zone_names

__all__ = [
    "Anchor",
    "AroundSession",
    "Beat",
    "Chance",
    "Day",
    "DaysAfter",
    "Expire",
    "Facts",
    "FixedTime",
    "Frequency",
    "Later",
    "Outage",
    "Outcome",
    "Pause",
    "Placed",
    "Quiet",
    "Reading",
    "Schedule",
    "Send",
    "Skip",
    "Standing",
    "Trust",
    "Verdict",
    "Why",
    "account",
    "after_quiet",
    "answered",
    "chance",
    "chances",
    "days",
    "decide",
    "exists",
    "find_zone",
    "guess_hour",
    "guess_zone",
    "ignored",
    "is_quiet",
    "next_day_at",
    "next_moment",
    "outage",
    "placed",
    "read_hour",
    "slowed",
    "slower",
    "snooze",
    "travelled",
    "trust",
    "trust_again",
    "weekly_day",
    "without_today",
    "zone_names",
]
