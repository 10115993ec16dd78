"""The phrases partners send each other: those we ship, and what is said about broken files."""

from pathlib import Path

import pytest

from bot.care.pairing.notes import unfit
from bot.catalog.load_phrases import load_phrases
from bot.catalog.phrases import PhraseKind
from bot.config import Settings

HEAD = "schema: 1\nreview: draft\nlanguage: {}\nphrases:\n"
KINDS = [f"  - {{id: {kind}_one, kind: {kind}, text: Words.}}\n" for kind in PhraseKind]


def _write(folder: Path, language: str, *lines: str, head: str = HEAD) -> None:
    text = head.format(language) + "".join(lines)
    (folder / f"{language}.yaml").write_text(text, encoding="utf-8")


def test_what_we_ship() -> None:
    """Nothing to mend, every kind in every language, and nothing that a note could not say."""
    phrases, problems = load_phrases(Settings().phrases_dir)
    assert problems == ()
    assert set(phrases.by_language) == {"en", "es"}
    for language, several in phrases.by_language.items():
        assert {each.kind for each in several} == set(PhraseKind)
        for each in several:
            assert unfit(each.text) is None
            assert phrases.text(language, each.id) == each.text
    assert phrases.text("fr", "hello") == phrases.text("en", "hello")


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ((*KINDS, "  - {id: More, kind: hello, text: Words.}\n"), "PHRASE_001", 9),
        ((*KINDS, "  - {id: more, kind: shout, text: Words.}\n"), "PHRASE_001", 9),
        ((*KINDS, f"  - {{id: more, kind: hello, text: {'x' * 61}}}\n"), "PHRASE_001", 9),
        ((*KINDS, KINDS[0]), "PHRASE_002", 9),
        ((*KINDS, "  - {id: more, kind: hello, text: Words.}\n"), "PHRASE_003", 1),
        (tuple(KINDS[1:]), "PHRASE_004", 1),
    ],
)
def test_what_is_wrong(tmp_path: Path, lines: tuple[str, ...], code: str, line: int) -> None:
    """Each fault by its code and line; the phrases that are right in both languages stay."""
    _write(tmp_path, "en", *lines)
    _write(tmp_path, "es", *KINDS)
    phrases, problems = load_phrases(tmp_path)
    assert (code, line) in [(each.code, each.line) for each in problems]
    assert phrases.text("es", "reply_one") == "Words."


def test_a_file_without_its_head_is_refused(tmp_path: Path) -> None:
    """Whoever reviews it must be able to see that it is a draft."""
    _write(tmp_path, "en", *KINDS, head="schema: 1\nlanguage: {}\nphrases:\n")
    _write(tmp_path, "es", *KINDS)
    phrases, problems = load_phrases(tmp_path)
    assert problems[0].code == "PHRASE_001"
    assert phrases.of_kind(*PhraseKind) == ()
