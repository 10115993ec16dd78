"""`between risk …`: what a clinician sees in the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.care.risk.figures import MEASURES
from bot.cli.risk import app
from bot.errors import BetweenError

RUNNER = CliRunner()
LINES = [
    {"id": "a1", "lang": "en", "text": "i want to kill myself tonight", "label": "crisis"},
    {"id": "a2", "lang": "en", "text": "the soup was good", "label": "none"},
    {"id": "a3", "lang": "en", "text": "i want to kill myself tonight"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three lines, one without a label, and an empty one at the end."""
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES) + "\n", encoding="utf-8")
    return path


def test_try_tells_tier_and_hits() -> None:
    """The tier alone in the first line, then what was found, why, and its flags."""
    result = RUNNER.invoke(app, ["try", "i want to kill myself"])
    tier, first, *_ = result.output.splitlines()
    assert (result.exit_code, tier) == (0, "crisis")
    assert first.startswith("crisis: suicide, en.")
    assert "want to kill myself”: " in first


def test_try_of_something_harmless() -> None:
    """Where nothing is found there is the tier, and what the letters weigh."""
    result = RUNNER.invoke(app, ["try", "the soup was good"])
    tier, letters = result.output.splitlines()
    assert (result.exit_code, tier) == (0, "none")
    assert letters.startswith("letters: ")
    assert " needed; weighed most (at risk/crisis): " in letters


def test_score_lists_lines_then_the_table(file: Path) -> None:
    """Every line has its tier, labelled or not; then one row for each measure."""
    result = RUNNER.invoke(app, ["score", str(file)], env={"COLUMNS": "100"})
    assert result.exit_code == 0
    assert result.output.splitlines()[:3] == ["a1 crisis", "a2 none", "a3 crisis"]
    assert [name for name in MEASURES if name.replace("_", " ") not in result.output] == []


def test_score_as_json(file: Path) -> None:
    """With --json there is one object and nothing else; only labelled lines are counted."""
    result = RUNNER.invoke(app, ["score", str(file), "--json"])
    told = json.loads(result.output)
    assert list(told) == ["lines", "table"]
    assert told["lines"] == [
        {"id": "a1", "tier": "crisis"},
        {"id": "a2", "tier": "none"},
        {"id": "a3", "tier": "crisis"},
    ]
    assert list(told["table"]["en"]) == list(MEASURES)
    assert told["table"]["en"]["none_flagged"] == {
        "hits": 0, "of": 1, "rate": 0.0, "low": 0.0, "high": pytest.approx(0.7935, abs=1e-4),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("secret words", "Line 2 cannot be read: this is no JSON object."),
        ("[]", "Line 2 cannot be read: this is no JSON object."),
        ('{"id": "x", "lang": "en"}', "Line 2 cannot be read: “text” is missing or wrong."),
        (
            '{"id": "x", "lang": "en", "text": "secret words", "label": "bad"}',
            "Line 2 cannot be read: “label” is missing or wrong.",
        ),
    ],
)
def test_a_bad_line_is_told_by_its_number(file: Path, bad: str, sentence: str) -> None:
    """One sentence with the number; what stands in the line is not repeated."""
    good = file.read_text(encoding="utf-8").splitlines()[0]
    file.write_text(f"{good}\n{bad}\n", encoding="utf-8")
    result = RUNNER.invoke(app, ["score", str(file), "--json"])
    assert isinstance(result.exception, BetweenError)
    assert (result.exit_code, str(result.exception)) == (1, sentence)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A wrong name is told in one sentence."""
    result = RUNNER.invoke(app, ["score", str(tmp_path / "no.jsonl")])
    assert str(result.exception) == f"There is no file {tmp_path / 'no.jsonl'}."
