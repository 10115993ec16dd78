"""A number with a unit: typed the way people type it, kept as a number."""

import pytest

from bot.engine.event import Why
from bot.engine.number import typed_decimal
from tests.engine.playing import Press, Step, play

SLEEP = """
- id: hours
  type: ask_number
  min: 0
  max: 24
  decimals: 1
  unit: {en: hours, es: horas}
  suggest: [6, 7.5]
- {id: little, type: branch, when: {answer: hours, at_most: 3.5}, then: care, else: end}
- {id: care, type: ask_text}
- {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("typed", "decimals", "number"),
    [
        ("7,5", 1, 7.5), ("7.5", 1, 7.5), (" 7.5 h", 1, 7.5), ("7.5h", 1, 7.5), ("7 h", 1, 7),
        ("7 Hrs", 1, 7), ("7.0", 1, 7), ("7,0", 0, 7), ("７．５", 1, 7.5), ("٧", 1, 7),
        ("-2", 1, -2), ("−2,5", 1, -2.5), ("+3", 0, 3), ("7.25", 1, 7.2), ("7.5", 0, None),
        ("1,000", 0, 1000),
        ("1.000", 0, 1000), ("1 000", 0, 1000), ("12'500", 0, 12500), ("1,000", 1, None),
        ("7 km", 1, None), ("seven", 1, 7), ("unas siete", 0, 7), ("", 1, None),
        ("7 or 8", 1, None),
        ("7:30", 1, None), ("7 hours", 1, 7), ("about 7 hours", 1, 7), ("unas 7,5 h", 1, 7.5),
        ("1" * 7, 0, None), ("9" * 5000, 0, None), ("½", 1, None), ("h", 1, None), (".", 1, None),
        ("5 y media", 1, 5.5), ("5 horas y media", 1, 5.5), ("5 and a half", 1, 5.5),
        ("about 5 and a half hours", 1, 5.5), ("5 y media", 0, None),
        ("cinco y media", 1, 5.5), ("five and a half", 1, 5.5), ("unas seis horas y media", 1, 6.5),
        ("five hours and a half", 1, 5.5), ("una hora y media", 1, 1.5), ("mal y media", 1, None),
        ("seis horas", 1, 6), ("six hours", 1, 6), ("mas o menos 7 horas", 1, 7),
        ("dormí 7 horas", 1, 7), ("he dormido unas 6", 1, 6), ("I slept 7 hours", 1, 7),
        ("dormí fatal, 4 horas", 1, 4), ("dormí 7 horas y me desperté", 1, None), ("dos", 1, 2),
        ("nan", 1, None), ("inf", 1, None), ("1e3", 1, None), ("0", 0, 0),
    ],
)  # fmt: skip
def test_a_typed_number(typed: str, decimals: int, number: float | None) -> None:
    """Point or comma, with its unit or without; whole numbers stay whole, nothing is guessed."""
    found = typed_decimal(typed, decimals, "hours")
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    ("given", "kept"), [("7,5", 7.5), (Press("7.5"), 7.5), (Press("6"), 6), ("0", 0), ("24", 24)]
)
def test_a_number_within_is_the_answer(given: Step, kept: float) -> None:
    """Typed and tapped count alike."""
    answer = play(SLEEP, given).answers["hours"]
    assert (answer, type(answer)) == (kept, type(kept))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("25", Why.OUT_OF_RANGE), ("-1", Why.OUT_OF_RANGE), ("a lot", Why.NOT_A_NUMBER),
        (Press("x"), Why.NOT_A_NUMBER), ("/skip", Why.NOT_A_NUMBER), ("/keep", Why.PICK_ONE),
    ],
)  # fmt: skip
def test_what_lies_outside_is_refused(given: Step, why: Why) -> None:
    """The question stays open."""
    assert play(SLEEP, given).refused is why


@pytest.mark.parametrize(("given", "cursor"), [("3,5", "care"), ("3.6", "end")])
def test_it_can_be_compared(given: str, cursor: str) -> None:
    """A bound of a condition may have a fraction too."""
    assert play(SLEEP, given).run.cursor == cursor


def test_back_offers_it_to_keep() -> None:
    """The number of before stands until it is changed."""
    assert play(SLEEP, "2.5", "/back", "/keep").answers["hours"] == 2.5
