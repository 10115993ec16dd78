"""Every exercise in the house, walked along every way and given everything."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.exercise import Exercise
from bot.catalog.load import read_file, read_library
from bot.catalog.steps import Finish, Question, Timed
from bot.config import Settings
from bot.engine.advance import advance, ask_again, start
from bot.engine.event import Answered, Finished, Signalled, Stopped
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

WIDE = read_file(Path(__file__).parents[1] / "catalog" / "wide.yaml").exercise
assert WIDE is not None
LIBRARY = {**read_library(Settings().exercises_dir, Settings().cache).exercises, WIDE.id: WIDE}
CONTROLS = (BACK, SKIP, PAUSE, STOP, DONE, KEEP, ENOUGH, GO, USE)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_way_comes_to_an_end(name: str) -> None:
    """Whatever is chosen, skipped or cut short, the person arrives; no step is never seen."""
    exercise = LIBRARY[name]
    turns = list(every_turn(exercise))
    asked = {turn.run.cursor for turn in turns if turn.run.is_open}
    ended = {turn.run.cursor for turn in turns if not turn.run.is_open}
    assert asked == {step.id for step in exercise.steps if isinstance(step, Question | Timed)}
    assert ended == {step.id for step in exercise.steps if isinstance(step, Finish)}


CHOICES = st.one_of(
    st.sampled_from(CONTROLS),
    st.sampled_from([option for each in LIBRARY.values() for step in each.steps
                     for option in [o.id for o in getattr(step, "options", ())]]),
    st.integers(-1, 101).map(str),
    st.builds("{}{}".format, st.sampled_from("siu"), st.integers(-1, 15)),
    st.builds("w{}".format, st.sampled_from(["202603030900", "202602290900", "0", "999999999999"])),
    st.floats(-5, 25, allow_nan=False).map(str),
    st.text(max_size=8),
)  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=40),
    st.integers(-5, 105).map(str),
    st.sampled_from(["7,5", "7.5 hours", "1.000", "my heart", "Nothing here", "sweating\nshame"]),
    st.sampled_from(
        [
            "tomorrow 18:00",
            "mañana a las 9",
            "9999-12-31 23:59",
            "0001-01-01 0:00",
            "in 999 months",
            "hace 3 horas",
            "29 feb",
            "viernes",
            "25:00",
            "at 9",
        ]
    ),
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
    cursor is a step that asks, or an end; a timer is due exactly while a timed step runs; a reason
    is signalled once; whole numbers stay whole.
    """
    exercise, now = LIBRARY[name], NOON
    zone = "Pacific/Apia" if language == "es" else "America/Los_Angeles"
    run = start(exercise, now, language, zone=zone).run
    raised: list[str] = []
    for move, seconds in moves:
        now += timedelta(seconds=seconds)
        before = run
        run, events = advance(exercise, run, _from(move, exercise, run), now)
        assert Run.model_validate_json(run.model_dump_json()) == run
        assert run.turn >= before.turn
        if not before.is_open:
            assert (run, events) == (before, ())
        step = exercise.step(run.cursor)
        assert isinstance(step, Question | Timed | Finish)
        assert isinstance(step, Finish) == (run.status is Status.FINISHED)
        assert any(isinstance(each, Finished) for each in events) == (
            run.status is Status.FINISHED and before.is_open
        )
        assert any(isinstance(each, Stopped) for each in events) == (
            run.status is Status.STOPPED and before.is_open
        )
        assert (run.due_at is not None) == (
            isinstance(step, Timed) and run.status is Status.WAITING
        )
        assert (ask_again(exercise, run) is None) == (run.status is not Status.WAITING)
        for event in events:
            if isinstance(event, Answered) and run.status is not Status.FINISHED:
                assert run.answers[event.step] == event.value
        assert set(run.trail) <= set(run.answers)
        raised += [event.reason for event in events if isinstance(event, Signalled)]
        assert list(run.signalled) == raised
        assert len(raised) == len(set(raised))
        for value in run.answers.values():
            assert not isinstance(value, float) or value != int(value)
            assert type(value) in (str, int, float, tuple, dict, type(None))
