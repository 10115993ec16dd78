"""Sentences people really say, with the tier each must have: “today it rained” is no plan."""

from pathlib import Path

import pytest

from bot.care.risk import Rules, Tier, screen

SAID = Path(__file__).with_name("said")
"""One file a language; each line is a tier, a bar and a sentence. `#` begins a remark."""


def _lines() -> list[tuple[str, str]]:
    files = map(Path.read_text, sorted(SAID.glob("*.txt")))
    lines = (line for file in files for line in file.splitlines() if line and line[0] != "#")
    parts = (line.partition("|") for line in lines)
    return [(tier.strip(), text.strip()) for tier, _, text in parts]


@pytest.mark.parametrize(("tier", "text"), _lines())
def test_a_sentence_means_what_people_mean_by_it(tier: str, text: str, shipped: Rules) -> None:
    """Words of everyday life raise nothing, and their dangerous neighbours still do."""
    assert screen(text, shipped).tier is Tier(tier)
