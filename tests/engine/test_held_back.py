"""A question that waits because something more urgent has to be read first."""

import pytest

from bot.engine.advance import advance, held_back
from bot.engine.event import Answered, Asked, Event, Refused, TimerStarted, Told
from bot.engine.given import GO, Pressed, Said
from bot.engine.run import Status
from bot.engine.walk import Turn
from tests.engine.playing import NOON, play

STEPS = """
- {id: what, type: ask_text}
- {id: hint, type: say}
- {id: much, type: ask_number, min: 0, max: 10}
- {id: ten, type: wait, minutes: 10, stopped: after, goto: after}
- {id: after, type: ask_text}
"""


def _held(*given: str) -> tuple[Turn, Turn]:
    """The turn of the last words, as it would be and held back."""
    before = play(STEPS, *given[:-1])
    turn = advance(before.exercise, before.run, Said(given[-1], 1), NOON)
    return turn, held_back(before.exercise, turn, NOON)


@pytest.mark.parametrize("given", [("words",), ("words", "7"), ("words", "no number")])
def test_what_was_given_stays_and_nothing_is_asked(given: tuple[str, ...]) -> None:
    """Answers and what was told stay; the question, the timer or a refusal waits."""
    turn, held = _held(*given)
    assert held.run.answers == turn.run.answers
    assert (held.run.status, held.run.due_at) == (Status.PAUSED, None)
    kept = tuple(each for each in turn.events if isinstance(each, Answered | Told))
    assert held.events == kept


def test_going_on_asks_what_was_held_back() -> None:
    """As after a pause."""
    exercise = play(STEPS).exercise
    turn, held = _held("words")
    again = advance(exercise, held.run, Pressed(held.run.turn, GO), NOON)
    assert _asks(again.events) == _asks(turn.events) == ["much"]


def test_a_timer_that_runs_goes_on() -> None:
    """Words meanwhile lead to no question, so nothing is held back."""
    turn, held = _held("words", "7", "it is getting worse")
    assert held is turn
    assert isinstance(turn.events[0], Refused)
    assert turn.run.due_at is not None


def _asks(events: tuple[Event, ...]) -> list[str]:
    return [each.step.id for each in events if isinstance(each, Asked | TimerStarted)]
