"""Sentences people really say: “today it rained” is no plan, and its neighbours still are."""

import pytest

from bot.care.risk import Rules, Tier, screen
from bot.cli.risk import Line
from tests.bench.said import said
from tests.care.risk.phrases import by_phrases

ORDINARY = [line for line in said() if line.label is Tier.NONE]
OF_DANGER = [line for line in said() if line.label is not Tier.NONE]


def _id(line: Line) -> str:
    return line.id


@pytest.mark.parametrize("line", ORDINARY, ids=_id)
def test_no_phrase_takes_everyday_words_for_danger(line: Line, shipped: Rules) -> None:
    """Whatever follows “I decided to go” or “it ends tonight” when nothing is meant by it."""
    assert by_phrases(line.text, shipped) is Tier.NONE


@pytest.mark.parametrize("line", OF_DANGER, ids=_id)
def test_what_is_meant_is_heard_in_the_same_words(line: Line, shipped: Rules) -> None:
    """The dangerous neighbours of these."""
    assert line.label is not None
    assert screen(line.text, shipped).tier >= line.label


def test_the_net_takes_few_of_them_for_danger(shipped: Rules) -> None:
    """One in ten of sentences chosen because they sound like it; one in fifty a crisis."""
    tiers = [screen(line.text, shipped).tier for line in ORDINARY]
    assert sum(tier > Tier.NONE for tier in tiers) <= len(tiers) / 10
    assert tiers.count(Tier.CRISIS) <= len(tiers) / 50
