"""Plain sentences of danger are heard, and plain sentences of every day are not taken for it.

The lines that rules were written from are hard on purpose, and plain ones are rare among them: “I
took two boxes of paracetamol” and “my husband threw hot coffee at me” were heard by no rule, and
“I took all my meds this morning” was an overdose. `plain/` puts sentences together from what is
said, how it begins and how it ends, thousands for each kind of danger, and of ordinary days in
words of danger. Of the files that end in `_more` every eleventh sentence is tried or more, of those
that end in `_days`, ordinary days altogether, every twenty-ninth.
"""

from itertools import islice

import pytest

from bot.care.risk import Rules, Tier, screen
from tests.bench.plain import Kind, kinds
from tests.care.risk.phrases import by_phrases

DANGER = [kind for kind in kinds() if kind.least is not Tier.NONE]
EVERY_DAY = [kind for kind in kinds() if kind.least is Tier.NONE]


def _tried(kind: Kind) -> list[str]:
    return list(islice(kind.sentences(), 0, None, kind.every))


def _id(kind: Kind) -> str:
    return f"{kind.language}: {kind.name}"


@pytest.mark.parametrize("kind", DANGER, ids=_id)
def test_what_is_said_plainly_is_heard(kind: Kind, shipped: Rules) -> None:
    """However it begins and ends, each is at least of its tier, by phrases alone: what only the net
    finds is lost at its next fit."""
    missed = [text for text in _tried(kind) if by_phrases(text, shipped) < kind.least]
    assert missed == []


@pytest.mark.parametrize("kind", EVERY_DAY, ids=_id)
def test_no_phrase_takes_a_plain_day_for_danger(kind: Kind, shipped: Rules) -> None:
    """Doses as ordered, denials, sayings, sober days, ordinary pain and errands."""
    taken = [text for text in _tried(kind) if by_phrases(text, shipped) > Tier.NONE]
    assert taken == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_net_takes_few_plain_days_for_danger(language: str, shipped: Rules) -> None:
    """One in thirty-three; one in two hundred a crisis. Before it was fitted to some of them, one
    in eleven of English ones was flagged."""
    texts = [text for kind in EVERY_DAY if kind.language == language for text in _tried(kind)]
    tiers = [screen(text, shipped).tier for text in texts]
    assert sum(tier > Tier.NONE for tier in tiers) <= len(tiers) * 0.03
    assert tiers.count(Tier.CRISIS) <= len(tiers) * 0.005
