"""What floats in somebody's toolbox: their own numbers, counted honestly."""

from datetime import UTC, datetime

import pytest

from bot.care.feedback import Shift
from bot.care.progress import Practice
from bot.care.toolbox import Tool, toolbox

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _did(exercise: str, *pairs: tuple[int, int] | None) -> list[Practice]:
    """Practised so often, each with a rating of 0–100 before and after, or without."""
    return [
        Practice(exercise, NOON, None if pair is None else Shift("", *pair, 0, 100))
        for pair in pairs
    ]


@pytest.mark.parametrize(
    ("practices", "order"),
    [
        ([], []),
        ([*_did("a", (70, 60)), *_did("b", (70, 40))], ["b", "a"]),
        ([*_did("a", (80, 20)), *_did("b", *[(80, 40)] * 10)], ["b", "a"]),
        ([*_did("a", (50, 50)), *_did("b", (50, 60)), *_did("c", (50, 49))], ["c"]),
        ([*_did("a", None, None)], []),
        ([*_did("a", (60, 40)), *_did("b", (60, 50), (60, 50), (60, 50))], ["a", "b"]),
    ],
)
def test_the_most_helpful_tool_comes_first(practices: list[Practice], order: list[str]) -> None:
    """The most helpful first; one lucky time does not stand above what helped often; what did not
    help, or was never rated, does not float."""
    assert [tool.exercise for tool in toolbox(practices)] == order


def test_numbers_are_plain_means() -> None:
    """The number shown is the mean of the rated times, and how many those were."""
    (tool,) = toolbox(_did("a", (80, 60), (80, 50), None))
    assert tool == Tool("a", drop=25, n=2, done=3)
    assert tool.helped


def test_scales_are_stretched_to_a_hundred() -> None:
    """7 to 4 on a scale of ten is thirty points of a hundred."""
    (tool,) = toolbox([Practice("a", NOON, Shift("", 7, 4, 0, 10))])
    assert (tool.drop, tool.n) == (30, 1)


def test_pinned_ones_stand_on_top_in_their_own_order() -> None:
    """Whatever the numbers say, also without any; nothing is listed twice."""
    practices = [*_did("a", (80, 20)), *_did("b", (50, 60))]
    assert toolbox(practices, ["c", "b", "c"]) == (
        Tool("c", pinned=True),
        Tool("b", drop=-10, n=1, done=1, pinned=True),
        Tool("a", drop=60, n=1, done=1),
    )
