"""The wording rules: what no text says to people in pain, in both languages."""

from pathlib import Path

import pytest

from bot.catalog.check.tone import RULES, faults
from bot.config import Settings

BROKEN = [
    ("TONE_001", "en", "He committed suicide."),
    ("TONE_001", "es", "Cometió suicidio."),
    ("TONE_002", "en", "After a failed attempt …"),
    ("TONE_002", "es", "Un intento fallido."),
    ("TONE_003", "en", "It is a cry for help."),
    ("TONE_003", "en", "Manipulative, some say."),
    ("TONE_003", "es", "Solo quiere llamar la atención."),
    ("TONE_004", "en", "I have been clean for weeks."),
    ("TONE_004", "en", "A dirty test."),
    ("TONE_004", "es", "Llevo un mes limpio."),
    ("TONE_005", "en", "I am an addict."),
    ("TONE_005", "es", "Personas adictas."),
    ("TONE_006", "en", "Put the razor away."),
    ("TONE_006", "es", "Guarda la navaja."),
    ("TONE_007", "en", "Stay away from the bridge."),
    ("TONE_007", "es", "Aléjate del puente."),
    ("TONE_008", "en", "Only two beers."),
    ("TONE_008", "en", "She took 20 mg."),
    ("TONE_008", "es", "Solo dos cervezas."),
    ("TONE_008", "es", "Perdí 300 euros."),
    ("TONE_009", "en", "Count your calories."),
    ("TONE_009", "es", "Has bajado 4 kilos."),
    ("TONE_010", "en", "You have so much to live for."),
    ("TONE_010", "en", "Please calm down."),
    ("TONE_010", "es", "Cálmate, por favor."),
    ("TONE_010", "es", "Piensa en tu familia."),
    ("TONE_011", "en", "Let us sign a safety contract."),
    ("TONE_011", "es", "Prométeme que no lo harás."),
]
FINE = [
    ("en", "Wash the cup until it is clean. Clean up the desk, and clean laundry smells good."),
    ("en", "Which thought weighs the most? Two lines are enough. Write one to three sentences."),
    ("en", "Thoughts of suicide can come and go. An attempt is something to talk about."),
    ("en", "Naloxone protects life in an overdose. How many drinks since last time?"),
    ("en", "A gunshot-loud bang next door is not about you. Beers on the table are not mine."),
    ("es", "¿Qué pensamiento pesa más? Deja la mesa limpia. Ropa limpia, aire fresco."),
    ("es", "Pensamientos de suicidio. Un intento. Calma. El calor de la taza."),
    ("es", "Dos o tres frases bastan. ¿Cuántas copas desde la última vez?"),
]


@pytest.mark.parametrize(("code", "language", "text"), BROKEN)
def test_each_rule_finds_what_it_is_about(code: str, language: str, text: str) -> None:
    """One code for one rule, in the language of the text."""
    assert [rule.code for rule, _ in faults(text, language)] == [code]


def test_every_rule_is_shown_in_both_languages() -> None:
    """No rule is there for English only."""
    shown = {(code, language) for code, language, _ in BROKEN}
    assert shown == {(rule.code, language) for rule in RULES for language in ("en", "es")}


@pytest.mark.parametrize(("language", "text"), FINE)
def test_plain_words_are_left_alone(language: str, text: str) -> None:
    """What only looks alike is no fault."""
    assert list(faults(text, language)) == []


def test_another_person_may_talk_as_people_do() -> None:
    """In a role-play somebody may say "calm down"; a method is named by nobody."""
    assert list(faults("Calm down!", "en", quoted=True)) == []
    assert list(faults("The razor!", "en", quoted=True))


def test_nothing_the_bot_says_breaks_a_rule() -> None:
    """Not only exercises: every word in prompts/ as well."""
    prompts = Settings().prompts_dir
    read = 0
    for language in ("en", "es"):
        for path in sorted(Path(prompts / language).rglob("*.*")):
            found = [
                (rule.code, words) for rule, words in faults(path.read_text("utf-8"), language)
            ]
            assert found == [], path
            read += 1
    assert read > 100
