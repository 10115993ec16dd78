"""What is said about a rating before and the same rating after (clinical brief, A0)."""

import pytest

from bot.care.feedback import Band, Shift, main_shift, moved, shifts, strongest
from bot.catalog.steps import Finish
from bot.engine.run import Value
from tests.engine.playing import exercise_of

EXERCISE = exercise_of("""
- {id: belief, type: ask_scale, scale: {min: 0, max: 100, by: 10}}
- {id: moods, type: ask_list}
- {id: then, type: rate_each, of: moods, scale: {min: 0, max: 100, by: 10}}
- {id: now, type: rate_each, of: moods, scale: {min: 0, max: 100, by: 10}}
- {id: belief_now, type: ask_scale, scale: {min: 0, max: 100, by: 10}}
- id: end
  type: finish
  changes:
    - {before: belief, after: belief_now, kind: belief}
    - {before: then, after: now}
""")
END = EXERCISE.steps[-1]


@pytest.mark.parametrize(
    ("drop", "band"),
    [
        (100, Band.LARGE), (21, Band.LARGE), (20, Band.LARGE), (19, Band.SMALL), (5, Band.SMALL),
        (4, Band.SAME), (0, Band.SAME), (-4, Band.SAME), (-5, Band.UP), (-40, Band.UP),
    ],
)  # fmt: skip
def test_the_bands_of_the_brief(drop: int, band: Band) -> None:
    """D ≥ 20, 5 to 19, −4 to 4, ≤ −5, in points of a scale from 0 to 100."""
    before = 50 if abs(drop) <= 50 else 100
    assert Shift("", before, before - drop, 0, 100).band is band


@pytest.mark.parametrize(
    ("before", "after", "low", "high", "band"),
    [
        (8, 6, 0, 10, Band.LARGE), (8, 7, 0, 10, Band.SMALL), (8, 8, 0, 10, Band.SAME),
        (8, 9, 0, 10, Band.UP), (5, 4, 1, 5, Band.LARGE), (5, 5, 1, 5, Band.SAME),
        (-50, -60, -100, 100, Band.SMALL), (40, 39, 0, 40, Band.SAME),
    ],
)  # fmt: skip
def test_other_scales_are_stretched_first(
    before: int, after: int, low: int, high: int, band: Band
) -> None:
    """On 0 to 10 one point is a small drop and two are a large one."""
    assert Shift("", before, after, low, high).band is band


@pytest.mark.parametrize(
    ("before", "after", "calm"), [(0, 0, True), (0, 1, False), (1, 0, False), (3, 3, False)]
)
def test_what_was_calm_all_along_is_no_failure(before: int, after: int, calm: bool) -> None:
    """Nobody is offered a different skill because nothing came down where nothing was up."""
    assert Shift("", before, after, 0, 10).was_calm is calm


def test_points_are_told_in_the_scale_the_person_used() -> None:
    """From 8 to 6 of 10 it came down by 2 points, which is a fifth of the scale."""
    shift = Shift("", 8, 6, 0, 10)
    assert (shift.points, shift.percent) == (2, 20)


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        (80, 60, [("", 80, 60)]),
        ({"sad": 80, "angry": 20}, {"sad": 60, "angry": 30}, [("sad", 80, 60), ("angry", 20, 30)]),
        ({"sad": 80, "angry": 20}, {"angry": 30}, [("angry", 20, 30)]),
        (80, None, []), (None, 60, []), (80, {"sad": 60}, []), ({}, {}, []), ("80", "60", []),
    ],
)  # fmt: skip
def test_ratings_are_paired(
    before: object, after: object, pairs: list[tuple[str, int, int]]
) -> None:
    """Each entry is compared with itself; what lacks its partner is left out."""
    assert [(s.item, s.before, s.after) for s in shifts(before, after, 0, 100)] == pairs


def test_the_feedback_speaks_of_what_was_strongest_before() -> None:
    """Of several feelings the strongest counts, of equal ones the first named."""
    several = shifts({"a": 40, "b": 80, "c": 80}, {"a": 0, "b": 70, "c": 10}, 0, 100)
    chosen = strongest(several)
    assert chosen is not None
    assert chosen.item == "b"
    assert strongest(()) is None


@pytest.mark.parametrize(
    ("answers", "item"),
    [
        ({"then": {"sad": 70}, "now": {"sad": 50}, "belief": 90, "belief_now": 0}, "sad"),
        ({"belief": 90, "belief_now": 0}, None),
        ({"then": {"sad": 70}, "now": None}, None),
        ({}, None),
    ],
)
def test_a_belief_is_never_what_the_feedback_speaks_of(
    answers: dict[str, Value], item: str | None
) -> None:
    """A thought believed less is shown, but relief is about feelings."""
    assert isinstance(END, Finish)
    shift = main_shift(EXERCISE, END, answers)
    assert (shift.item if shift else None) == item


def test_everything_that_has_both_numbers_is_shown() -> None:
    """The changes come in the author's order, those without a partner not at all."""
    assert isinstance(END, Finish)
    answers = {"then": {"sad": 70}, "now": {"sad": 50}, "belief": 90, "belief_now": 0}
    assert [change.before for change, _ in moved(EXERCISE, END, answers)] == ["belief", "then"]
    half = {"then": {"sad": 70}, "now": {"sad": 50}, "belief": 90}
    assert [change.before for change, _ in moved(EXERCISE, END, half)] == ["then"]
