"""Points of the net, added up as one number."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.risk.finder import FIRST_SIGN
from bot.catalog.risk.letters import Letters, packed, read_letters, unpacked
from bot.catalog.risk.numbered import plain_net
from bot.catalog.risk.numbers import Pairs, pair, with_sign

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
    net = read_letters("=\t50\t90\ndusk\t60\t0\n~_glo\t40\t70\ncake\t-80\t-120\n~ha\t5\t0")
    assert unpacked(sum(map(net.of_word, words))) == expected


def test_words_are_weighed_the_same_with_and_without_a_sign() -> None:
    """What a word of a phrase comes to is added up beforehand, what any other does when it is
    met; words of the net get signs behind those of phrases."""
    net = read_letters("=\t50\t90\ndusk\t60\t0\n~_glo\t40\t70\nred glow\t7\t-7")
    signs = {"glow": chr(FIRST_SIGN), "aglow": chr(FIRST_SIGN + 1), "glwo": chr(FIRST_SIGN)}
    letters = Letters(*plain_net(net, signs, FIRST_SIGN + 2))
    assert [unpacked(each) for each in letters.words] == [(40, 70), (0, 0), (60, 0), (0, 0)]
    assert unpacked(letters.unknown(["gloom"])) == (40, 70)
    assert {word: ord(sign) - FIRST_SIGN for word, sign in signs.items()} == {
        "glow": 0, "aglow": 1, "glwo": 0, "dusk": 2, "red": 3,
    }  # fmt: skip
    assert [unpacked(each) for each in letters.pairs.values()] == [(7, -7)]
    assert letters.pairs.keys() == {pair(signs["red"], signs["glow"])}


SIGNS = st.text("㐀㐁㐂⺀⺁", max_size=12)


@given(SIGNS, st.integers(0, 12), st.integers(0, 12))
def test_pairs_are_numbered_as_each_alone(signs: str, start: int, end: int) -> None:
    """All two signs side by side between two places, whether at even or at odd ones."""
    end = min(end, len(signs))
    expected = {pair(*two) for two in pairwise(signs[start:end])}
    assert Pairs(signs).within(start, max(start, end)) == expected


@given(SIGNS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=3))
def test_signs_are_set_aside_in_their_places(signs: str, places: list[list[int]]) -> None:
    """Every sign within one of the places is another then, and no other."""
    within = [(begin, min(end, len(signs))) for begin, end in places if begin <= len(signs)]
    aside = {at for begin, end in within for at in range(begin, end)}
    expected = "".join("x" if at in aside else sign for at, sign in enumerate(signs))
    assert with_sign(signs, "x", [(begin, max(begin, end)) for begin, end in within]) == expected
