"""The Wilson interval and the table of measures."""

import pytest

from bot.care.risk import Tier
from bot.care.risk.figures import MEASURES, Judged, share, table, wilson

N, CONCERN, CRISIS = Tier.NONE, Tier.CONCERN, Tier.CRISIS


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_ends_of_an_interval_agree_with_published_ones(
    hits: int, of: int, low: float, high: float
) -> None:
    """The ends agree with published examples (Newcombe 1998 for 81 of 263)."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


def test_table_counts_each_language_by_itself() -> None:
    """Each measure counts the labels it is about, and what was flagged among them."""
    pairs = [(CRISIS, CRISIS), (CRISIS, CONCERN), (CONCERN, N), (N, CRISIS), (N, CONCERN), (N, N)]
    judged = [Judged("en", label, tier) for label, tier in pairs] + [Judged("es", N, N)]
    counted = {
        lang: [(measures[name].hits, measures[name].of) for name in MEASURES]
        for lang, measures in table(judged).items()
    }
    assert counted == {
        "en": [(2, 2), (1, 2), (2, 3), (2, 3), (1, 3)],
        "es": [(0, 0), (0, 0), (0, 0), (0, 1), (0, 1)],
    }


def test_a_share_in_words() -> None:
    """A share tells its interval; of nothing there is no rate."""
    assert str(share(5, 10)) == "5/10 50.0% (23.7% to 76.3%)"
    assert (share(0, 0).rate, str(share(0, 0))) == (None, "none to count")
