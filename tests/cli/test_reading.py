"""How hard a text is to read: the figures, the warnings, and what is left alone."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import make_app
from bot.cli.reading import figure, hard_texts
from tests.engine.playing import exercise_of

app = make_app()

RUNNER = CliRunner()

EASY_EN = "Think of one hard moment this week. Where were you? Who was there? What did you do?"
HARD_EN = (
    "Considering the aforementioned circumstances, deliberate upon the psychological implications"
    " of interpersonal misunderstandings experienced during therapeutic conversations."
)
EASY_ES = "Piensa en un momento malo de esta semana. ¿Qué pasó? ¿Con quién? ¿Qué hiciste tú?"
HARD_ES = (
    "Considerando las circunstancias anteriormente mencionadas, reflexiona sobre las implicaciones"
    " psicológicas de los malentendidos interpersonales experimentados terapéuticamente."
)


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [(EASY_EN, "en", 0, 3), (HARD_EN, "en", 16, 60),
     (EASY_ES, "es", 3, 5.5), (HARD_ES, "es", 15, 20)],
)  # fmt: skip
def test_the_grade_follows_the_words(text: str, language: str, low: float, high: float) -> None:
    """Short words in short sentences are for children, long ones for students, in both."""
    found = figure(text, language)
    assert found is not None
    assert found.grade is not None
    assert low <= found.grade <= high


def test_a_known_passage_comes_near_its_known_grade() -> None:
    """By hand: 17 words, 2 sentences, 26 syllables; 0.39 · 8.5 + 11.8 · 26/17 - 15.59 is 5.8."""
    text = (
        "The people in the group told their stories."
        " After that, everybody wrote one sentence about the evening."
    )
    found = figure(text, "en")
    assert found is not None
    assert found.grade == pytest.approx(5.8, abs=2)


@pytest.mark.parametrize(
    ("text", "grade"),
    [("How strong is it now?", None), ("{{ thought }}", None), ("", None), ("<b>Hello</b>", None)],
)
def test_a_few_words_get_no_grade(text: str, grade: None) -> None:
    """One long word would decide it, so nobody is told one."""
    found = figure(text, "en")
    assert found is not None
    assert found.grade is grade


def test_a_language_without_a_formula_is_left_alone() -> None:
    """Nothing is claimed where nothing is known."""
    assert figure(HARD_EN, "de") is None


def test_markup_and_braces_are_not_read() -> None:
    """What the person does not see as words does not count."""
    bare, dressed = figure(EASY_EN, "en"), figure(f"<b>{EASY_EN}</b>", "en")
    assert bare == dressed


def test_a_hard_text_is_told_with_its_longest_sentence() -> None:
    """A warning, not something that must be mended."""
    exercise = exercise_of(
        f"""
- {{id: fact, type: ask_text, text: {{en: "{HARD_EN}", es: "{EASY_ES}"}}}}
"""
    )
    (problem,) = hard_texts(exercise)
    assert problem.warning
    assert problem.place == ("steps", 0, "text", "en")
    assert "The longest sentence has 16 words: “Considering the aforementioned" in problem.message


def test_check_tells_the_line_and_still_ends_well(tmp_path: Path) -> None:
    """`file:line READ_001 …`; the exit code stays 0."""
    small = (Path(__file__).parents[1] / "catalog/small.yaml").read_text(encoding="utf-8")
    file = tmp_path / "small.yaml"
    file.write_text(small.replace("What went through your mind?", HARD_EN), encoding="utf-8")
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if HARD_EN in text)
    result = RUNNER.invoke(app, ["exercises", "check", str(file)])
    assert result.exit_code == 0
    told, verdict = result.output.splitlines()
    assert told.startswith(f"{file}:{line} READ_001 Grade ")
    assert verdict == "1 exercise read, nothing to mend, 1 to look at."
