"""`between exercises …`: what an author sees in the terminal, and the exit codes."""

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.catalog.load import read_library
from bot.cli.main import make_app
from bot.config import TOP, Settings
from bot.errors import BetweenError
from tests.plays.transcripts import inputs_of

app = make_app()

RUNNER = CliRunner()
WIDE = Path(__file__).parents[1] / "catalog" / "wide.yaml"
LIBRARY = read_library(Settings().exercises_dir, Settings().cache)
IDS = sorted(LIBRARY.exercises)
SMALL = (TOP / "tests/catalog/small.yaml").read_text(encoding="utf-8")
ROOT = Path(Settings().exercises_dir)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file with two things to mend."""
    text = SMALL.replace("then: breath", "then: breth").replace("else: end", "else: nd")
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _between(*arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """The command as a person runs it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "exercises", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=TOP,
    )


def test_check_of_all_exercises_ends_well() -> None:
    """The shipped exercises have nothing to mend; help lines nobody verified are listed."""
    result = RUNNER.invoke(app, ["exercises", "check"])
    *listed, verdict = result.output.splitlines()
    assert result.exit_code == 0
    read = f"{len(IDS)} exercises, 15 tracks and 5 workshops read"
    assert verdict == f"{read}, nothing to mend, {len(listed)} to look at."
    assert [line for line in listed if "helplines.yaml" not in line] == []


def test_check_of_a_broken_file_says_where(broken: Path) -> None:
    """One line for each problem, `file:line CODE sentence`, then how many; exit code 1."""
    result = RUNNER.invoke(app, ["exercises", "check", str(broken)])
    lines = broken.read_text(encoding="utf-8").splitlines()
    then, otherwise = (lines.index(f"    {text}") + 1 for text in ("then: breth", "else: nd"))
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{broken}:{then} STEP_002 There is no step called “breth”. Did you mean “breath”?",
        f"{broken}:{otherwise} STEP_002 There is no step called “nd”. Did you mean “end”?",
        "1 exercise read, 2 things to mend.",
    ]


def test_check_of_one_good_file(tmp_path: Path) -> None:
    """A file can be checked by itself, wherever it lies."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    result = RUNNER.invoke(app, ["exercises", "check", str(file)])
    assert (result.exit_code, result.output) == (0, "1 exercise read, nothing to mend.\n")


def test_list_names_every_exercise_even_in_a_narrow_terminal() -> None:
    """Ids are what one types next, so they are never cut."""
    result = RUNNER.invoke(app, ["exercises", "list"], env={"COLUMNS": "60"})
    assert result.exit_code == 0
    assert [name for name in IDS if name not in result.output] == []


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", IDS)
def test_show_writes_every_text_on_one_page(name: str, tmp_path: Path) -> None:
    """A clinician can read all of an exercise, both languages, without the program; what is bold
    for a participant is bold here, and no tag is shown."""
    page = tmp_path / "page.html"
    result = RUNNER.invoke(app, ["exercises", "show", name, "--out", str(page)])
    assert (result.exit_code, result.output) == (0, f"Written to {page}\n")
    reader = _Words()
    reader.feed(page.read_text(encoding="utf-8"))
    exercise = LIBRARY.exercises[name]
    for step in exercise.steps:
        assert step.id in reader.text
        for several in (getattr(step, "label", None), getattr(step, "text", None)):
            read = [_without_tags(words) for words in (several or {}).values()]
            assert [words for words in read if words not in reader.text] == []
    assert "<b>" not in reader.text


def _without_tags(words: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", words))


def test_show_writes_every_kind_of_step(tmp_path: Path) -> None:
    """Scores, signals, promises, conditions and lengths stand on the page as one reads them."""
    page = tmp_path / "page.html"
    result = RUNNER.invoke(app, ["exercises", "show", str(WIDE), "--out", str(page)])
    assert result.exit_code == 0
    reader = _Words()
    reader.feed(page.read_text(encoding="utf-8"))
    for words in (
        "sum of q1, q2, sleep; reversed: q2; up to 1 may be missing (prorate)",
        "concern harm: if q1 ≥ 2",
        "if (strength ≥ 9) or (total is high)",
        "if (total ≥ 10) and (fall from q3 to q4, in points of 100, ≤ 4)",
        "Later, at day -60 min: a reminder, quoting line, signs: Your plan is near.",
        "Brought along: who (Whom · Con quién), sure (How sure · Seguridad)",
        "Not in the menu by itself.", "2:00", "0–12, 1 decimals", "a moment that has been",
        "2 to 4 of them, own words too", "Plainer: Done, {{ who }}.", "30 s: Still {{ first }}?",
        "I say: {{ line }}", "LOINC 44260-8", "My heart", "Nothing here (alone)", "Often (3)",
    ):  # fmt: skip
        assert words in " ".join(reader.text.split()), words


def test_play_shows_an_author_what_a_person_does_not_see(tmp_path: Path) -> None:
    """Signals, promises and copied words stand in the conversation, in easier words if asked."""
    kept = tmp_path / "kept.txt"
    given = [
        "Often", "2", "7,5", "8", "Sweating", "shame", "/done", "9", "1", "1", "/wait", "No",
        "/skip", "tomorrow 18:00", "3",
    ]  # fmt: skip
    arguments = ["exercises", "play", str(WIDE), "--plain", "--save", str(kept)]
    result = RUNNER.invoke(app, arguments, input="\n".join(given) + "\n")
    assert result.exit_code == 0
    said = kept.read_text(encoding="utf-8")
    for line in (
        "Your friend says: (Whom)?", "(signal, concern: harm)", "(signal, crisis: very_strong)",
        "(later, 2026-11-24 17:00: “line”, “signs”)",
        "(later, 2026-11-24 18:00: test.small, “line”)",
        "| I say: No", "Done, (Whom).",
    ):  # fmt: skip
        assert line in said, line


def test_play_goes_through_an_exercise_and_keeps_it(tmp_path: Path) -> None:
    """What was typed is answered line by line, and --save keeps the whole conversation."""
    kept = tmp_path / "kept.txt"
    given = ["Pat", "No", "6", "1 minuto", "/wait", "3"]
    arguments = ["exercises", "play", "breath.paced", "--lang", "es", "--save", str(kept)]
    result = RUNNER.invoke(app, arguments, input="\n".join(given) + "\n")
    assert result.exit_code == 0
    assert "Toca abajo la que más se acerque, por favor." in result.output
    assert f"Kept in {kept}" in result.output
    conversation = kept.read_text(encoding="utf-8")
    assert inputs_of(conversation) == given
    assert "Tensión: 6 → 3" in conversation


def test_play_may_be_left_at_any_time(tmp_path: Path) -> None:
    """The end of the input ends the play without an error; what was said so far is kept."""
    kept = tmp_path / "kept.txt"
    arguments = ["exercises", "play", "cbt.thought5", "--save", str(kept)]
    result = RUNNER.invoke(app, arguments, input="A hard morning\n")
    assert result.exit_code == 0
    assert inputs_of(kept.read_text(encoding="utf-8")) == ["A hard morning"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["play", "cbt.thought8"], "There is no exercise cbt.thought8. Did you mean “cbt.thought"),
        (["show", "nothing.here"], "There is no exercise nothing.here."),
        (["play", "cbt.thought7", "--lang", "fr"], "cbt.thought7 has the languages en, es."),
        (["map", "cbt.thought7", "--lang", "fr"], "cbt.thought7 has the languages en, es."),
        (["check", "missing.yaml"], "There is no file missing.yaml."),
        (["check", "cbt.thougt7"], "There is no exercise cbt.thougt7. Did you mean “cbt.th"),
        (["play", "missing.yaml"], "There is no file missing.yaml."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(arguments: list[str], says: str) -> None:
    """A misspelt id, language or file is the author's to mend, not a crash."""
    result = RUNNER.invoke(app, ["exercises", *arguments])
    assert isinstance(result.exception, BetweenError)
    assert str(result.exception).startswith(says)


def test_a_broken_file_cannot_be_played(broken: Path) -> None:
    """Play and show refuse a file with problems, and name them."""
    result = RUNNER.invoke(app, ["exercises", "play", str(broken)])
    assert isinstance(result.exception, BetweenError)
    assert "STEP_002" in str(result.exception)


def test_the_command_itself_ends_with_code_1_and_no_traceback(broken: Path) -> None:
    """As a process: problems on standard output, errors in one sentence on standard error."""
    checked = _between("check", str(broken))
    assert (checked.returncode, checked.stderr) == (1, "")
    wrong = _between("play", "cbt.thought8")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("There is no exercise cbt.thought8.")
    assert "Traceback" not in wrong.stderr
