"""A timed rhythm: it ends by itself, or when the person has had enough."""

from datetime import timedelta

import pytest

from bot.engine.advance import ask_again
from bot.engine.event import TimerStarted, Why
from bot.engine.walk import LEAD_IN
from tests.engine.playing import Edit, Later, Press, Ring, go_on, play

BREATH = """
- {id: before, type: ask_text}
- id: breath
  type: pace
  rounds: 6
  phases:
    - {seconds: 4, cue: {en: In, es: Inhala}}
    - {seconds: 6, cue: {en: Out, es: Exhala}}
  stopped: why
  goto: after
- {id: why, type: ask_text}
- {id: after, type: ask_text}
"""


def test_it_starts_with_the_time_of_its_end() -> None:
    """The run is due when the last round is over, after a moment to look up, and says so."""
    begun = play(BREATH, "ok")
    assert begun.run.due_at == begun.now + LEAD_IN + timedelta(seconds=60)
    assert [each.ends_at for each in begun.events if isinstance(each, TimerStarted)] == [
        begun.run.due_at
    ]


def test_the_timer_ends_it_at_the_natural_end() -> None:
    """When it rings, the whole time counts as practised, and nothing is due any more."""
    rung = play(BREATH, "ok", Later(seconds=60), Ring())
    assert (rung.answers["breath"], rung.run.cursor, rung.run.due_at) == (60, "after", None)


@pytest.mark.parametrize(("later", "practised"), [(0, 8), (13.9, 21), (52, 60), (3600, 60)])
def test_enough_counts_the_seconds_practised(later: float, practised: int) -> None:
    """Stopping early leads to its own step; what was practised counts, at most the whole."""
    stopped = play(BREATH, "ok", Later(seconds=later), "/enough")
    assert (stopped.answers["breath"], stopped.run.cursor) == (practised, "why")


@pytest.mark.parametrize(
    ("given", "why"), [("wow", Why.PACING), ("80", Why.PACING), (Edit(1, "no"), Why.CLOSED)]
)
def test_words_during_it_do_not_disturb(given: str | Edit, why: Why) -> None:
    """Words are answered with one sentence and the rhythm goes on, even hours later."""
    for waited in (Later(), Later(hours=7)):
        begun = play(BREATH, "ok", waited)
        spoken = go_on(begun, given)
        assert spoken.refused is why
        assert spoken.run.model_copy(update={"latest_mark": 0}) == begun.run.model_copy(
            update={"latest_mark": 0}
        )


@pytest.mark.parametrize("choice", ["!skip", "!done", "!keep", "!go", "!use", "s0", "80", ""])
def test_other_buttons_mean_nothing_to_it(choice: str) -> None:
    """While it runs only Enough, Back, Pause and Stop do anything."""
    begun = play(BREATH, "ok")
    pressed = go_on(begun, Press(choice))
    assert (pressed.run, pressed.events) == (begun.run, ())


def test_a_late_timer_does_nothing() -> None:
    """A timer that rings after Enough, Back, Pause or Stop belongs to a turn that is over."""
    begun = play(BREATH, "ok")
    for way in ("/enough", "/back", "/pause", "/stop"):
        over = go_on(begun, way)
        rung = go_on(over, Ring(begun.run.turn))
        assert (rung.run, rung.events) == (over.run, ())


def test_the_timer_of_a_rhythm_that_was_left_does_not_end_the_next() -> None:
    """After Pause and Go on the first timer may still ring; only the second one counts."""
    begun = play(BREATH, "ok")
    again = go_on(begun, "/pause", "/go")
    rung = go_on(again, Ring(begun.run.turn))
    assert (rung.run, rung.events) == (again.run, ())
    assert go_on(again, Ring()).run.cursor == "after"


def test_a_timer_in_a_question_does_nothing() -> None:
    """A ring of the present turn changes nothing where nothing is timed."""
    begun = play(BREATH)
    assert go_on(begun, Ring()).run == begun.run


def test_after_a_pause_it_starts_from_the_beginning() -> None:
    """Going on means the whole rhythm again, with a new timer."""
    again = play(BREATH, "ok", Later(seconds=30), "/pause", Later(hours=2), "/go")
    assert again.kinds() == ["TimerStarted"]
    assert again.run.due_at == again.now + LEAD_IN + timedelta(seconds=60)


def test_words_held_over_a_rhythm_never_leave_it_without_a_timer() -> None:
    """Words cannot be a rhythm's answer: “It's my answer” starts it again, as Go on does."""
    used = play(BREATH, "ok", "/pause", "I am back", "/use")
    assert used.kinds() == ["TimerStarted"]
    assert used.run.due_at == used.now + LEAD_IN + timedelta(seconds=60)
    assert used.run.held is None


def test_back_leaves_it_and_returns_to_it() -> None:
    """Back leads to the question before; from the question after it, over the rhythm, too."""
    back = play(BREATH, "ok", "/back")
    assert (back.run.cursor, back.run.due_at) == ("before", None)
    assert play(BREATH, "ok", Ring(), "/back").run.cursor == "before"


def test_it_can_be_shown_once_more() -> None:
    """Asking again shows the same rhythm with the same end."""
    begun = play(BREATH, "ok")
    assert ask_again(begun.exercise, begun.run) == begun.events[-1]
