"""How the shipped phrases do on our own lines: a guard against getting worse, no estimate.

The phrases were written, and the net of letters was fitted, with these lines in view; how the
screen does on words it has not met is for `python -m tests.bench.fit_letters`, which leaves each
writer out in turn, and for `python -m tests.bench.risk` with a file nobody has read.
"""

from pathlib import Path

import pytest

from bot.care.risk import Rules
from bot.care.risk.figures import Table, table
from bot.cli.risk import judged, read_lines, score_lines

LINES = read_lines(Path(__file__).with_name("lines") / "ours.jsonl")
UNREAD = Path(__file__).with_name("unread")
ORDINARY = read_lines(UNREAD / "ordinary/z.jsonl")
LONG = read_lines(UNREAD / "long/v.jsonl")

FLOORS = [
    ("en", "crisis_flagged", 0.97),
    ("en", "crisis_as_crisis", 0.97),
    ("en", "crisis_or_concern_flagged", 0.97),
    ("es", "crisis_flagged", 0.98),
    ("es", "crisis_as_crisis", 0.98),
    ("es", "crisis_or_concern_flagged", 0.97),
]
CEILINGS = [
    ("en", "none_flagged", 0.02),
    ("en", "none_as_crisis", 0.01),
    ("es", "none_flagged", 0.02),
    ("es", "none_as_crisis", 0.01),
]


@pytest.fixture(scope="module")
def figures(shipped: Rules) -> Table:
    """The table of our own lines."""
    return table(judged(score_lines(LINES, shipped)))


@pytest.mark.parametrize(("lang", "measure", "floor"), FLOORS)
def test_no_change_finds_clearly_less_than_today(
    figures: Table, lang: str, measure: str, floor: float
) -> None:
    """No change of phrases or engine may find clearly less than today."""
    share = figures[lang][measure]
    assert share.rate is not None
    assert share.rate >= floor, str(share)


@pytest.mark.parametrize(("lang", "measure", "ceiling"), CEILINGS)
def test_no_change_alarms_clearly_more_for_nothing(
    figures: Table, lang: str, measure: str, ceiling: float
) -> None:
    """No change may alarm clearly more people for nothing."""
    share = figures[lang][measure]
    assert share.rate is not None
    assert share.rate <= ceiling, str(share)


def test_ordinary_messages_alarm_few(shipped: Rules) -> None:
    """Of messages of up to four sentences, by somebody nothing was fitted to, not every fifth one
    is taken for danger, as it was: an alarm that is mostly false is not read for long."""
    for shares in table(judged(score_lines(ORDINARY, shipped))).values():
        for measure, most in (("none_flagged", 0.10), ("none_as_crisis", 0.02)):
            rate = shares[measure].rate
            assert rate is not None
            assert rate <= most, str(shares[measure])


def test_danger_in_a_clause_of_a_long_message_is_found(shipped: Rules) -> None:
    """It is not drowned by the ordinary sentences around it, by somebody nothing was fitted to."""
    for shares in table(judged(score_lines(LONG, shipped))).values():
        for measure, least in (("crisis_flagged", 0.87), ("crisis_as_crisis", 0.77)):
            rate = shares[measure].rate
            assert rate is not None
            assert rate >= least, str(shares[measure])


def test_our_own_words_alarm_nobody(shipped: Rules) -> None:
    """What our exercises offer to be tapped or typed is hardly ever taken for danger."""
    own = read_lines(Path(__file__).with_name("lines") / "exercises.jsonl")
    for shares in table(judged(score_lines(own, shipped))).values():
        for measure, most in (("none_flagged", 0.01), ("none_as_crisis", 0.004)):
            rate = shares[measure].rate
            assert rate is not None
            assert rate <= most, str(shares[measure])
