"""Plain sentences of danger are heard, and plain sentences of every day are not taken for it.

The lines that rules were written from are hard on purpose, and plain ones are rare among them: “I
took two boxes of paracetamol” and “my husband threw hot coffee at me” were heard by no rule, and
“I took all my meds this morning” was an overdose. `plain/` puts sentences together from what is
said, how it begins and how it ends, thousands for each kind of danger. Of the kinds in the files
that end in `_more`, whose sentences are as many again, every eleventh is tried.
"""

from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.care.risk import Rules, Tier, screen
from bot.care.risk.screen import NET

HERE = Path(__file__).parent / "plain"
KINDS: dict[tuple[str, str], dict[str, Any]] = {
    (language, kind): said
    for language in ("en", "es")
    for file in sorted(HERE.glob(f"{language}*.yaml"))
    for kind, said in YAML(typ="safe", pure=True).load(file).items()
}
DANGER = [key for key, said in KINDS.items() if said["at_least"] != "none"]
EVERY_DAY = [key for key, said in KINDS.items() if said["at_least"] == "none"]


def _sentences(key: tuple[str, str]) -> list[str]:
    said = KINDS[key]
    return [
        "".join(parts) for parts in islice(product(*said["parts"]), 0, None, said.get("every", 1))
    ]


def _id(key: tuple[str, str]) -> str:
    return ": ".join(key)


@pytest.mark.parametrize("key", DANGER, ids=_id)
def test_what_is_said_plainly_is_heard(key: tuple[str, str], shipped: Rules) -> None:
    """However it begins and ends, each is at least of its tier, by phrases alone: what only the net
    finds is lost at its next fit."""
    least = Tier(KINDS[key]["at_least"])
    missed = [text for text in _sentences(key) if _by_phrases(text, shipped) < least]
    assert missed == []


@pytest.mark.parametrize("key", EVERY_DAY, ids=_id)
def test_no_phrase_takes_a_plain_day_for_danger(key: tuple[str, str], shipped: Rules) -> None:
    """Doses as ordered, denials, sayings, sober days, ordinary pain and errands."""
    taken = [text for text in _sentences(key) if _by_phrases(text, shipped) > Tier.NONE]
    assert taken == []


def _by_phrases(text: str, rules: Rules) -> Tier:
    hits = screen(text, rules).hits
    return max((hit.tier for hit in hits if hit.family != NET), default=Tier.NONE)
