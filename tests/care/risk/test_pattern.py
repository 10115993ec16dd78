"""The language phrases are written in, read and matched."""

import re

import pytest

from bot.care.risk import Tier, screen
from bot.catalog.risk.build import compile_files
from bot.catalog.risk.compiled import rules_of
from bot.catalog.risk.pattern import PatternError, parse
from bot.catalog.risk.phrases import PhraseFile, PhraseText

MATCHES = [
    ("go home", "we go home now", True),
    ("go home", "go straight home", False),
    ("go (home|to bed)", "go to bed", True),
    ("go (home|to bed)", "go to work", False),
    ("go (right)? home", "go home", True),
    ("go (right)? home", "go right home", True),
    ("go[es|ing] home", "going home", True),
    ("go[es|ing] home", "go home", True),
    ("go[es|ing] home", "gone home", False),
    ("go (right now)? home", "go right now home", True),
    ("go ..2 home", "go to your home", True),
    ("go ..2 home", "go to your old home", False),
    ("go ..2 home", "go not home", False),
    ("go ..2 home", "go. home", False),
    ("^ go", "go", True),
    ("^ go", "well. go", True),
    ("^ go", "we go", False),
    ("go $", "we go", True),
    ("go $", "go. well", True),
    ("go $", "go home", False),
    ("go / home", "go. home", True),
    ("go / home", "go home", True),
    ("go / home", "go! ? home", True),
    ("go (!home|to bed)", "go away", True),
    ("go (!home|to bed)", "go home", False),
    ("go (!home|to bed)", "go to bed", False),
    ("go (!home|to bed)", "go to work", True),
    ("go (!home|to bed)", "go", True),
    ("(we|they) (!go and sleep in the tent) go and sleep", "we go and sleep in the tent", False),
    ("(we|they) (!go and sleep in the tent) go and sleep", "we go and sleep in the car", True),
    ("<move> home", "run home", True),
    ("<move> home", "set off home", True),
    ("don't go", "dont go", True),
    ("adiós", "ADIOS", True),
    ("omw", "on my way", True),
    ("go omw", "go on my way", True),
    ("go omw", "go on", False),
]

ANYTHING = (
    "has among several one that may be nothing, so anything would do. Write “$” for the end of a"
    " sentence, “(and)? /”, or “(…)?” around them all."
)
BROKEN = [
    ("go (home", "“go (home” has a “(” without its “)”."),
    ("go home)", "“go home)” has a “)” without its “(”."),
    ("go <where>", "There is no word class <where>."),
    ("go < home", "“go < home” has a “<” or “>” that encloses no class name."),
    ("go home?", "“home?” would make the whole word optional: write (home)?."),
    ("? go", "“? go” has a “?” after nothing."),
    ("go ()", "“go ()” has an empty place."),
    ("go (home|)", "“go (home|)” has an empty place."),
    ("", "“” has an empty place."),
    ("tonight (/|$|for ever)", f"“tonight (/|$|for ever)” {ANYTHING}"),
    ("go (home|..2)", f"“go (home|..2)” {ANYTHING}"),
    ("go (home|(away)?)", f"“go (home|(away)?)” {ANYTHING}"),
    ("…", "“…” in “…” holds no letter."),
]


def _file(say: str) -> PhraseFile:
    return PhraseFile(
        "x.yaml",
        PhraseText.model_validate(
            {
                "language": "en",
                "words": {"not": ["not"], "move": ["run", "set off"]},
                "spellings": {"on my way": ["omw"]},
                "families": [
                    {"id": "f", "category": "c", "tier": "crisis", "reason": "r", "say": [say]}
                ],
            }
        ),
        {},
    )


@pytest.mark.parametrize(("phrase", "text", "found"), MATCHES)
def test_what_a_phrase_finds(phrase: str, text: str, found: bool) -> None:
    """Every sign of the language does what the head of the phrase files says."""
    plain, problems = compile_files((_file(phrase),))
    rules = rules_of(plain)
    assert problems == ()
    assert screen(text, rules).tier is (Tier.CRISIS if found else Tier.NONE)


@pytest.mark.parametrize(("phrase", "message"), BROKEN)
def test_what_cannot_be_read(phrase: str, message: str) -> None:
    """A phrase that cannot be read is refused with a sentence for its author."""
    with pytest.raises(PatternError, match=f"^{re.escape(message)}$"):
        parse(phrase, {}, {})
