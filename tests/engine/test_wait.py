"""Time that passes: it ends by itself, or when the person has had enough."""

from datetime import timedelta

import pytest

from bot.engine.event import TimerStarted, Why
from bot.engine.walk import LEAD_IN
from tests.engine.playing import Later, Ring, go_on, play

URGE = """
- {id: before, type: ask_text}
- {id: ten, type: wait, minutes: 10, stopped: why, goto: after}
- {id: why, type: ask_text}
- {id: after, type: ask_text}
"""


def test_it_is_due_when_its_time_is_over() -> None:
    """Ten minutes after a moment to look up."""
    begun = play(URGE, "ok")
    assert begun.run.due_at == begun.now + LEAD_IN + timedelta(minutes=10)
    assert begun.kinds() == ["Answered", "TimerStarted"]
    (started,) = [each for each in begun.events if isinstance(each, TimerStarted)]
    assert (started.step.id, started.ends_at) == ("ten", begun.run.due_at)


def test_the_timer_ends_it() -> None:
    """The whole time counts, and the person goes on."""
    rung = play(URGE, "ok", Later(seconds=600), Ring())
    assert (rung.answers["ten"], rung.run.cursor, rung.run.due_at) == (600, "after", None)


@pytest.mark.parametrize(("later", "waited"), [(0, 8), (290, 298), (3600, 600)])
def test_enough_counts_what_was_waited(later: float, waited: int) -> None:
    """Stopping early has its own way on; waiting never counts as more than it was."""
    stopped = play(URGE, "ok", Later(seconds=later), "/enough")
    assert (stopped.answers["ten"], stopped.run.cursor) == (waited, "why")


def test_words_meanwhile_do_not_disturb() -> None:
    """They are answered with one sentence of their own, and the time goes on."""
    begun = play(URGE, "ok")
    spoken = go_on(begun, "it is getting stronger")
    assert (spoken.refused, spoken.run.due_at) == (Why.WAITING, begun.run.due_at)


def test_after_a_pause_it_starts_from_the_beginning() -> None:
    """Pause takes the timer away; Go on starts the whole time again."""
    paused = play(URGE, "ok", Later(seconds=30), "/pause")
    assert paused.run.due_at is None
    again = go_on(paused, Later(hours=2), "/go")
    assert again.run.due_at == again.now + LEAD_IN + timedelta(minutes=10)
