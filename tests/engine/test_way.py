"""Back, Skip, Pause, Stop, coming back late, correcting, and buttons of another turn."""

import pytest

from bot.engine.advance import ask_again
from bot.engine.event import Asked, Paused, Refused, Returned, Stopped, Why
from bot.engine.run import Status
from tests.engine.playing import Edit, Later, Press, Ring, Step, go_on, play

THREE = """
- {id: hello, type: say}
- {id: first, type: ask_text, max_chars: 40}
- {id: second, type: ask_text, optional: true}
- {id: how, type: ask_scale, scale: {min: 0, max: 10}}
"""


def test_what_is_told_comes_before_what_is_asked() -> None:
    """Words that ask nothing come with the question after them."""
    assert play(THREE).kinds() == ["Told", "Asked"]


@pytest.mark.parametrize(
    ("inputs", "cursor"),
    [
        (["/back"], "first"),
        (["a", "/back"], "first"),
        (["a", "/skip", "/back"], "second"),
        (["a", "b", "/back", "/back"], "first"),
        (["a", "b", "/back", "/back", "/back"], "first"),
        (["a", "/back", "c"], "second"),
        (["a", "b", "/back", "/keep"], "how"),
        (["a", "b", "/back", "/back", "/keep", "/keep"], "how"),
    ],
)
def test_back_and_keep(inputs: list[str], cursor: str) -> None:
    """Back goes one question at a time, not beyond the first; Keep takes the old answer over."""
    assert play(THREE, *inputs).run.cursor == cursor


def test_a_question_gone_back_to_shows_what_was_answered() -> None:
    """The old answer is shown and stays until there is a new one."""
    back = play(THREE, "a", "b", "/back")
    assert [each.previous for each in back.events if isinstance(each, Asked)] == ["b"]
    assert go_on(back, "c").answers == {"first": "a", "second": "c"}


def test_a_skipped_question_gone_back_to_has_nothing_to_keep() -> None:
    """There is no old answer where it was skipped."""
    assert play(THREE, "a", "/skip", "/back", "/keep").refused is Why.PICK_ONE


def test_stop_ends_it_and_keeps_what_was_answered() -> None:
    """After Stop nothing goes on any more."""
    stopped = play(THREE, "a", "/stop")
    assert (stopped.events, stopped.run.status) == ((Stopped(),), Status.STOPPED)
    assert stopped.answers == {"first": "a"}
    later: list[Step] = ["b", "/go", "/back", "/stop", "/pause", Ring(), Edit(1, "c"), Press("0")]
    for given in later:
        assert go_on(stopped, given)[1:3] == (stopped.run, ())


def test_nothing_changes_after_the_end() -> None:
    """A finished run stays as it is, whatever is still given to it."""
    done = play(THREE, "a", "/skip", "5")
    assert done.run.status is Status.FINISHED
    later: list[Step] = ["b", "/go", "/back", "/stop", "/pause", Ring(), Edit(1, "c"), Press("0")]
    for given in later:
        assert go_on(done, given)[1:3] == (done.run, ())


def test_pause_and_go_on() -> None:
    """A paused run lies aside without a question, and goes on with the same one."""
    paused = play(THREE, "a", "/pause")
    assert (paused.events, paused.run.lies_aside) == ((Paused(),), True)
    assert ask_again(paused.exercise, paused.run) is None
    on = go_on(paused, Later(hours=50), "/go")
    assert (on.kinds(), on.run.cursor, on.run.status) == (["Asked"], "second", Status.WAITING)
    assert go_on(on, "in time").answers["second"] == "in time"


@pytest.mark.parametrize("choice", ["!back", "!skip", "!pause", "!keep", "!use", "5", ""])
def test_a_paused_run_only_goes_on_or_stops(choice: str) -> None:
    """Other buttons do nothing while it lies aside."""
    paused = play(THREE, "a", "/pause")
    assert go_on(paused, Press(choice))[1:3] == (paused.run, ())


@pytest.mark.parametrize(
    "inputs", [["a", "/pause", "held words"], ["a", Later(hours=6), "held words"]]
)
def test_words_after_a_pause_or_six_hours_are_held(inputs: list[Step]) -> None:
    """They may be about something else, so they are kept until the person says what they are."""
    held = play(THREE, *inputs)
    assert held.events == (Returned("held words"),)
    assert held.answers == {"first": "a"}
    assert go_on(held, "/use").answers["second"] == "held words"
    aside = go_on(held, "/go")
    assert (aside.run.held, aside.run.cursor, aside.answers) == (None, "second", {"first": "a"})


def test_words_within_six_hours_are_the_answer() -> None:
    """Thinking for an afternoon is no absence."""
    assert play(THREE, "a", Later(hours=5, seconds=3580), "b").answers["second"] == "b"


def test_held_words_gather() -> None:
    """Several messages in a row are one held text."""
    held = play(THREE, "a", "/pause", "one", "two", "/use")
    assert held.answers["second"] == "one\ntwo"


def test_held_words_that_do_not_fit_are_refused_like_any_other() -> None:
    """“It's my answer” on a scale gives the usual sentence and the question, open again."""
    used = play(THREE, "a", "b", Later(hours=7), "rather bad", "/use")
    assert used.kinds() == ["Refused", "Asked"]
    assert (used.run.status, used.run.cursor) == (Status.WAITING, "how")
    assert go_on(used, "7").run.status is Status.FINISHED


def test_a_press_counts_however_late() -> None:
    """A button says itself what it answers; it is never held."""
    assert play(THREE, "a", "b", Later(hours=200), Press("7")).answers["how"] == 7


@pytest.mark.parametrize(
    ("inputs", "answers"),
    [
        (["a", Edit(1, "A")], {"first": "a"}),
        (["x" * 41, Edit(1, "short")], {"first": "short"}),
        (["a", "", Edit(2, "b")], {"first": "a", "second": "b"}),
        (["a", "b", Edit(1, "A")], {"first": "a", "second": "b"}),
        (["a", "/back", Edit(1, "A")], {"first": "a"}),
        (["a", "/pause", Edit(1, "A")], {"first": "a"}),
    ],
)
def test_an_edit_counts_while_its_question_is_open(
    inputs: list[Step], answers: dict[str, str]
) -> None:
    """An edited message answers the question it was sent for, and no other."""
    assert play(THREE, *inputs).answers == answers


def test_an_edit_that_comes_too_late_is_said_to_be_late() -> None:
    """The person hears that the change was not taken over; nothing changes."""
    before = play(THREE, "a")
    late = go_on(before, Edit(1, "A"))
    assert (late.events, late.run) == ((Refused(Why.CLOSED),), before.run)


@pytest.mark.parametrize("off", [-3, -2, -1, 1, 2])
@pytest.mark.parametrize("choice", ["!back", "!skip", "!stop", "!pause", "!keep", "5", "!go"])
def test_a_button_of_another_turn_does_nothing(off: int, choice: str) -> None:
    """Old, repeated and invented presses leave the run as it is."""
    here = play(THREE, "a", "b", "/back")
    assert go_on(here, Press(choice, here.run.turn + off))[1:3] == (here.run, ())


def test_a_double_tap_answers_once() -> None:
    """The second press of the same button belongs to a turn that is over."""
    asked = play(THREE, "a")
    once = go_on(asked, "/skip")
    assert go_on(once, Press("!skip", asked.run.turn))[1:3] == (once.run, ())


def test_showing_the_question_again_repeats_it_whole() -> None:
    """What stands open is asked with the same words and the same old answer."""
    back = play(THREE, "a", "b", "/back")
    assert ask_again(back.exercise, back.run) == back.events[-1]
