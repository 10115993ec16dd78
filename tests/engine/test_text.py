"""A question answered in words."""

import pytest

from bot.engine.event import Answered, Asked, Why
from tests.engine.playing import Press, exercise_of, play

ONE = "[{id: what, type: ask_text, max_chars: 20}]"
OPTIONAL = "[{id: what, type: ask_text, optional: true}, {id: then, type: ask_text}]"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A bad day", "A bad day"),
        ("  A bad day \n", "A bad day"),
        ("80", "80"),
        ("<b>no</b> & {{ x }}", "<b>no</b> & {{ x }}"),
        ("שלום 🙂", "שלום 🙂"),
        ("one\n\n\nthree", "one\n\n\nthree"),
        ("x" * 20, "x" * 20),
    ],
)
def test_words_are_kept_as_they_were_typed(typed: str, kept: str) -> None:
    """Only blank space around the words goes; everything else is the answer."""
    assert play(ONE, typed).answers == {"what": kept}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", Why.EMPTY),
        (" \n ", Why.EMPTY),
        ("x" * 21, Why.TOO_LONG),
        (Press("anything"), Why.EMPTY),
        (Press("i0"), Why.EMPTY),
        ("/done", Why.EMPTY),
        ("/keep", Why.PICK_ONE),
        ("/skip", Why.EMPTY),
    ],
)
def test_what_is_no_answer_leaves_the_question_open(given: str | Press, why: Why) -> None:
    """The reason is told, the same question is asked in the same turn, nothing is kept."""
    before = play(ONE)
    after = play(ONE, given)
    assert after.refused is why
    assert after.kinds() == ["Refused", "Asked"]
    assert (after.run.turn, after.run.cursor, after.answers) == (before.run.turn, "what", {})


def test_the_longest_answer_allowed_is_told_with_the_refusal() -> None:
    """Someone who wrote too much hears how much would fit."""
    refusal = play(ONE, "x" * 21).events[0]
    assert getattr(refusal, "high", None) == 20


def test_a_skipped_question_has_no_answer() -> None:
    """Skip keeps nothing but the fact, and goes on."""
    after = play(OPTIONAL, "/skip")
    assert after.events[0] == Answered("what", None)
    assert after.run.cursor == "then"


def test_the_first_turn_asks_the_first_question() -> None:
    """An exercise begins with its first question in turn 1."""
    exercise = exercise_of(ONE)
    begun = play(exercise)
    assert begun.events == (Asked(exercise.steps[0]),)  # type: ignore[arg-type] # it is a question
    assert begun.run.turn == 1
