"""The conversation all bots of the bench hold: one exercise, and what a participant gives to it."""

from dataclasses import dataclass
from functools import cache

from bot.catalog.exercise import Exercise
from bot.catalog.load import read_library
from bot.config import Settings

EXERCISE = "mind.ground54321"
BEGIN = f"m.begin.{EXERCISE}"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a participant waits for, and what they do then: press a number, or write."""

    seen: str
    press: str = ""
    say: str = ""


TURNS = (
    Turn("· 1/8", press="8"),
    Turn("· 2/8", say="lamp, window, curtain, mug, plant"),
    Turn("· 3/8", say="carpet, chair, sleeve, cold glass"),
    Turn("· 4/8", say="fridge, traffic, a neighbour's radio"),
    Turn("· 5/8", say="rain and soap"),
    Turn("· 6/8", say="peppermint tea"),
    Turn("· 7/8", say="Monday the 23rd, in my kitchen. My new phone is on the table."),
    Turn("· 8/8", press="5"),
    Turn("Saved"),
)
"""One update begins, eight answer; the words after the last answer end it."""
UPDATES = len(TURNS)


@cache
def exercise() -> Exercise:
    """The exercise itself, for the texts of the peers."""
    return read_library(Settings().exercises_dir).exercises[EXERCISE]
