"""Every exercise in the house, walked along every way and given everything."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.exercise import Exercise
from bot.catalog.load import read_library
from bot.catalog.steps import Finish, Pace, Question
from bot.config import Settings
from bot.engine.advance import advance, ask_again, start
from bot.engine.event import Answered, Finished, Stopped
from bot.engine.given import (
    BACK,
    DONE,
    ENOUGH,
    GO,
    KEEP,
    PAUSE,
    SKIP,
    STOP,
    USE,
    Given,
    Pressed,
    Rang,
    Said,
)
from bot.engine.run import Run, Status
from tests.engine.playing import NOON
from tests.engine.walking import every_turn, onwards
from tests.examples import examples

LIBRARY = read_library(Settings().exercises_dir).exercises
CONTROLS = (BACK, SKIP, PAUSE, STOP, DONE, KEEP, ENOUGH, GO, USE)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_way_comes_to_an_end(name: str) -> None:
    """Whatever is chosen, skipped or cut short, the person arrives; no step is never seen."""
    exercise = LIBRARY[name]
    turns = list(every_turn(exercise))
    asked = {turn.run.cursor for turn in turns if turn.run.is_open}
    ended = {turn.run.cursor for turn in turns if not turn.run.is_open}
    assert asked == {step.id for step in exercise.steps if isinstance(step, Question | Pace)}
    assert ended == {step.id for step in exercise.steps if isinstance(step, Finish)}


CHOICES = st.one_of(
    st.sampled_from(CONTROLS),
    st.sampled_from([option for each in LIBRARY.values() for step in each.steps
                     for option in [o.id for o in getattr(step, "options", ())]]),
    st.integers(-1, 101).map(str),
    st.builds("{}{}".format, st.sampled_from("siu"), st.integers(-1, 15)),
    st.text(max_size=8),
)  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=40),
    st.integers(-5, 105).map(str),
    st.sampled_from(["sí", "no", "sad, angry", "one\ntwo\nthree", "x" * 2000, "", " ", "{{ x }}"]),
)
MOVES = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.just("onwards"), st.integers(0, 5)),
            st.tuples(st.just("onwards"), st.integers(0, 5)),
            st.tuples(st.just("said"), TYPED, st.integers(0, 0), st.booleans()),
            st.tuples(st.just("pressed"), CHOICES, st.sampled_from([0, 0, 0, 0, -1, 1])),
            st.tuples(st.just("rang"), st.sampled_from([0, 0, -1])),
        ),
        st.sampled_from([0, 5, 90, 6 * 3600]),
    ),
    max_size=40,
)


def _from(move: tuple[object, ...], exercise: Exercise, run: Run) -> Given:
    match move:
        case ("onwards", int(which)):
            ways = list(onwards(exercise, run))
            return ways[which % len(ways)] if ways else Rang(run.turn)
        case ("said", str(text), int(), bool(edited)):
            return Said(text, run.latest_mark + (not edited), edited and run.latest_mark > 0)
        case ("pressed", str(choice), int(off)):
            return Pressed(run.turn + off, choice)
        case ("rang", int(off)):
            return Rang(run.turn + off)
    raise AssertionError(move)


@settings(max_examples=examples(500))
@given(st.sampled_from(sorted(LIBRARY)), st.sampled_from(["en", "es"]), MOVES)
def test_whatever_is_given(
    name: str, language: str, moves: list[tuple[tuple[object, ...], int]]
) -> None:
    """No input raises; a run survives JSON; turns never go back; what ended stays as it is; the
    cursor is a step that asks, or an end; a timer is due exactly while a rhythm runs.
    """
    exercise, now = LIBRARY[name], NOON
    run = start(exercise, now, language).run
    for move, seconds in moves:
        now += timedelta(seconds=seconds)
        before = run
        run, events = advance(exercise, run, _from(move, exercise, run), now)
        assert Run.model_validate_json(run.model_dump_json()) == run
        assert run.turn >= before.turn
        if not before.is_open:
            assert (run, events) == (before, ())
        step = exercise.step(run.cursor)
        assert isinstance(step, Question | Pace | Finish)
        assert isinstance(step, Finish) == (run.status is Status.FINISHED)
        assert any(isinstance(each, Finished) for each in events) == (
            run.status is Status.FINISHED and before.is_open
        )
        assert any(isinstance(each, Stopped) for each in events) == (
            run.status is Status.STOPPED and before.is_open
        )
        assert (run.due_at is not None) == (isinstance(step, Pace) and run.status is Status.WAITING)
        assert (ask_again(exercise, run) is None) == (run.status is not Status.WAITING)
        for event in events:
            if isinstance(event, Answered) and run.status is not Status.FINISHED:
                assert run.answers[event.step] == event.value
        assert set(run.trail) <= set(run.answers)
