"""Points of the net, added up as one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.risk.letters import packed, read_letters, unpacked

POINTS = st.tuples(st.integers(-300, 300), st.integers(-300, 300))


@given(st.lists(POINTS, max_size=200))
def test_a_sum_of_packed_points_holds_both_sums(points: list[tuple[int, int]]) -> None:
    """Also where some or all are below nought."""
    risk, crisis = sum(one for one, _ in points), sum(other for _, other in points)
    assert unpacked(sum(packed(*each) for each in points)) == (risk, crisis)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"glow"}, (40, 70)),
        ({"dusk"}, (60, 0)),
        ({"dusk", "glow", "cake"}, (20, -50)),
        ({"aglow"}, (0, 0)),
        ({"ha" * 60}, (60, 0)),
        (set(), (0, 0)),
    ],
)
def test_words_come_to_their_own_points_and_those_of_their_letters(
    words: set[str], expected: tuple[int, int]
) -> None:
    """A word of the file, a group of letters in others; of a long word its beginning."""
    letters = read_letters("=\t50\t90\ndusk\t60\t0\n~_glo\t40\t70\ncake\t-80\t-120\n~ha\t5\t0")
    assert unpacked(letters.points(words)) == expected
