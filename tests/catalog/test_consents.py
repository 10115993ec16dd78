"""Consent texts and aliases: the files we ship are whole, and broken ones are told line by line."""

from pathlib import Path

import pytest

from bot.catalog.consents import Scope
from bot.catalog.load_aliases import load_aliases
from bot.catalog.load_consents import load_consents
from bot.config import Settings

SETTINGS = Settings()
OURS = SETTINGS.consents_file.read_text(encoding="utf-8")


def test_our_own_texts_are_whole() -> None:
    """Every scope has its words in both languages, and says what happens with a no."""
    consents, problems = load_consents(SETTINGS.consents_file)
    assert problems == ()
    assert set(consents.texts) == set(Scope)
    aliases, unfit = load_aliases(SETTINGS.aliases_file)
    assert unfit == ()
    assert {language: len(names) >= 12 for language, names in aliases.names.items()} == {
        "en": True,
        "es": True,
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "says"),
    [
        ("schema: 1", "schema: 2", 1, "CONSENT_001", "needs `schema: 1`"),
        ("scope: board_lines", "scope: board", 60, "CONSENT_001", "must be one of"),
        ("    since: 1\n", "    since: 2\n", 7, "CONSENT_001", "Since: cannot be later"),
        ("    version: 1\n", "    versoin: 1\n", 8, "CONSENT_001", "Did you mean “version”?"),
        ("      es: Cómo funciona esto\n", "", 10, "CONSENT_002", "“es” text is missing"),
        (
            "My numbers may be counted for the clinic",
            "My " * 20,
            80,
            "CONSENT_003",
            "44 characters",
        ),
        ("scope: board_lines", "scope: partner_ticks", 60, "CONSENT_004", "two texts"),
        ("scope: board_lines", "scope: partner_ticks", 6, "CONSENT_004", "no text for board_lines"),
        ("consents:\n", "consents: [\n", 7, "CONSENT_005", "Not readable as YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, code: str, says: str
) -> None:
    """The keeper of the file finds it at once; the other texts stay."""
    assert old in OURS
    file = tmp_path / "consents.yaml"
    file.write_text(OURS.replace(old, new, 1), encoding="utf-8")
    consents, problems = load_consents(file)
    told = {(problem.line, problem.code): problem.message for problem in problems}
    assert says in told[line, code]
    if line > 20:
        assert Scope.FRAME in consents.texts


def test_a_missing_file_costs_nobody_anything(tmp_path: Path) -> None:
    """Nobody can agree to words that are not there."""
    consents, problems = load_consents(tmp_path / "none.yaml")
    assert consents.texts == {}
    assert [problem.code for problem in problems] == ["CONSENT_005"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: 1\n", "ALIAS_001"),
        ("schema: 1\naliases: {en: [Heron], es: [Garza]}\n", "ALIAS_002"),
        ("schema: 1\naliases: {en: [A], es: [Garza]}\n", "ALIAS_003"),
        ("schema: 1\naliases: {en: [\n", "ALIAS_001"),
    ],
)
def test_aliases_are_checked_as_well(tmp_path: Path, text: str, code: str) -> None:
    """Too few, too short or no list at all."""
    file = tmp_path / "aliases.yaml"
    file.write_text(text, encoding="utf-8")
    assert code in [problem.code for problem in load_aliases(file)[1]]
