"""`between exercises new`, `texts` and `map`: a clinician begins, a translator helps, both look."""

import csv
import io
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.catalog.load import read_file, read_library
from bot.cli.main import make_app
from bot.cli.new_exercise import FOLDERS, STEPS
from bot.cli.texts_csv import COLUMNS, slots, table, taken_in
from bot.config import TOP, Settings
from bot.errors import BetweenError
from bot.reports.exercise_map import exercise_map
from tests.examples import LONG

app = make_app()

RUNNER = CliRunner()
FILES = [
    path
    for path in sorted((TOP / "exercises").glob("*/*.yaml"))
    if path.parent.name not in ("support", "measures")
]
LIBRARY = read_library(Settings().exercises_dir, Settings().cache).exercises


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of exercises of one's own, with two of the shipped ones in it."""
    root = tmp_path / "exercises"
    for name in ("cbt/thought5.yaml", "mindfulness/ground54321.yaml", "schema.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / "exercises" / name, root / name)
    monkeypatch.setenv("EXERCISES_FOLDER", str(root))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return root


def _between(*arguments: str, typed: str = "") -> str:
    result = RUNNER.invoke(app, ["exercises", *arguments], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_a_new_exercise_asks_for_what_is_missing(here: Path) -> None:
    """Four questions; the file lies where its approach has its files, passes, and is played."""
    said = _between("new", "er.anger", typed="emotion_regulation\nAnger first aid\n\n\n")
    assert "Written to exercises/emotion/anger.yaml" in said
    file = here / "emotion" / "anger.yaml"
    assert file.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../schema.json\n"
    )
    assert _between("check", str(file)).endswith("1 exercise read, nothing to mend.\n")
    played = _between("play", "er.anger", "--lang", "es", typed="7\nNada grave.\n3\n")
    assert "Le dedicaste un momento." in played


@pytest.mark.parametrize(
    ("approach", "languages"),
    [*((each.value, "en,es") for each in FOLDERS), ("cbt", "es"), ("cbt", "en"), ("cbt", "fr")],
)
def test_whatever_is_begun_with_passes_the_check(here: Path, approach: str, languages: str) -> None:
    """Every kind of step, in every approach, also in a language we do not speak."""
    _between(
        *("new", "er.all", "--approach", approach, "--title", "Everything once"),
        *("--languages", languages, "--steps", ",".join([*STEPS, "ask_text"])),
        *("--out", str(here / "all.yaml")),
    )
    assert [str(each) for each in read_file(here / "all.yaml").problems] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Anger",), "Anger is no id."),
        (("cbt.thought5",), "There is an exercise cbt.thought5 already: exercises/cbt/"),
        (("er.a1", "--approach", "magic"), "magic is no approach. There are: cbt,"),
        (("er.a1", "--steps", "branch"), "branch cannot be begun with."),
        (("er.a1", "--languages", "english"), '"english" are no languages.'),
        (("er.a1", "--title", "a: b"), "Begin the title with a letter"),
        (("er.a1", "--out", "exercises/cbt/thought5.yaml"), "is there already."),
    ],
)
def test_what_cannot_be_begun_is_said(
    here: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """In one sentence, and nothing is written."""
    usual = {"--approach": "cbt", "--title": "A title", "--languages": "en", "--steps": "say"}
    given = [
        part for name, value in usual.items() if name not in arguments for part in (name, value)
    ]
    before = sorted(here.rglob("*.yaml"))
    with pytest.raises(BetweenError, match=re.escape(sentence)) as refused:
        _between("new", *arguments, *given)
    assert "\n" not in str(refused.value)
    assert sorted(here.rglob("*.yaml")) == before


def test_texts_go_out_and_come_back_changed(here: Path) -> None:
    """Only the translated text is another one: comments and every other line stay."""
    file = here / "cbt/thought5.yaml"
    before = file.read_text(encoding="utf-8")
    _between("texts", "cbt.thought5", "--csv", "t.csv", "--lang", "es")
    rows = list(csv.reader(Path("t.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert rows[0] == list(COLUMNS)
    assert {row[2] for row in rows[1:]} == {"es"}
    old = next(row for row in rows if row[1] == "steps/moods/text")
    new = [*old[:3], "¿Qué emociones: hasta cuatro?"]
    _write(Path("t.csv"), [new if row is old else row for row in rows])
    assert _between("texts", "--csv", "t.csv", "--in") == "1 files changed.\n"
    assert file.read_text(encoding="utf-8") == before.replace(
        f"es: {old[3]}", 'es: "¿Qué emociones: hasta cuatro?"'
    )
    assert _between("texts", "--csv", "t.csv", "--in") == "Nothing has changed.\n"


def _write(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def test_all_faults_are_told_with_their_rows_and_nothing_is_written(here: Path) -> None:
    """Changed keys, empty texts, rows said twice, files elsewhere."""
    file = "exercises/cbt/thought5.yaml"
    before = (here / "cbt/thought5.yaml").read_text(encoding="utf-8")
    _write(
        Path("t.csv"),
        [
            list(COLUMNS),
            [file, "steps/moods/text", "es", "Bien."],
            [file, "steps/mood/text", "es", "Hola"],
            [file, "steps/moods/text", "fr", "Bonjour"],
            [file, "steps/moods/text", "es", "Otra vez"],
            ["../secret.yaml", "title", "es", "Hola"],
            [file, "title", "en", "  "],
            [file, "title"],
        ],
    )
    with pytest.raises(BetweenError) as refused:
        _between("texts", "--csv", "t.csv", "--in")
    keys = "file, path and language are not to be changed"
    assert str(refused.value).splitlines() == [
        f"row 3: there is no text at steps/mood/text in {file}; {keys}",
        f"row 4: there is no “fr” text at steps/moods/text in {file}; {keys}",
        "row 5: this text stands in row 2 already",
        "row 6: there is no file ../secret.yaml",
        "row 7: the text is empty",
        "row 8: it has 2 columns instead of 4",
        "Nothing was taken in.",
    ]
    assert (here / "cbt/thought5.yaml").read_text(encoding="utf-8") == before


def test_a_translation_the_check_would_refuse_is_not_taken(here: Path) -> None:
    """A placeholder lost its name on the way."""
    before = (here / "cbt/thought5.yaml").read_text(encoding="utf-8")
    rows = [list(COLUMNS), ["exercises/cbt/thought5.yaml", "steps/moods/text", "es", "{{ uno }}?"]]
    _write(Path("t.csv"), rows)
    with pytest.raises(BetweenError, match=r"thought5.yaml:\d+ TEXT_004 .*\nNothing was taken in."):
        _between("texts", "--csv", "t.csv", "--in")
    assert (here / "cbt/thought5.yaml").read_text(encoding="utf-8") == before
    assert list(here.rglob("*.tmp")) == []


SIGNS = (" two", ": “x” # y", "\n- three\n\n  four")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_text_can_be_changed_and_changed_back(path: Path) -> None:
    """Whatever its style, a text takes new words, and the old ones bring the old file back. The
    signs take turns from text to text; each text takes them all in `make test-long`."""
    files = {"f": path.read_text(encoding="utf-8")}
    out, texts = table(files), [s.text for s in slots(files["f"])]
    head, *rows = csv.reader(out.splitlines(keepends=True))
    for first in range(len(SIGNS) if LONG else 1):
        signs = [SIGNS[(first + at) % len(SIGNS)] for at in range(len(rows))]
        new = [[*row[:3], row[3] + sign] for row, sign in zip(rows, signs, strict=True)]
        changed, faults = taken_in(files, _csv([head, *new]))
        assert faults == []
        assert [s.text for s in slots(changed["f"])] == [
            f"{text}{sign}" for text, sign in zip(texts, signs, strict=True)
        ]
    again, _ = taken_in({"f": changed["f"]}, out)
    assert [s.text for s in slots(again["f"])] == texts


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_the_map_shows_every_step_once_and_none_over_another(name: str) -> None:
    """Also of the longest exercise: boxes keep apart, all inside the picture."""
    exercise = LIBRARY[name]
    root = ET.fromstring(exercise_map(exercise, exercise.languages[0]))
    space = "{http://www.w3.org/2000/svg}"
    boxes = [each.attrib for each in root.iter(f"{space}rect")]
    assert len(boxes) == len(exercise.steps)
    corners = [tuple(float(box[key]) for key in ("x", "y", "width", "height")) for box in boxes]
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for at, (x, y, w, h) in enumerate(corners):
        assert 0 <= x <= width - w
        assert 0 <= y <= height - h
        for other_x, other_y, _, _ in corners[at + 1 :]:
            assert abs(other_x - x) >= w or abs(other_y - y) >= h


def test_map_writes_a_picture(here: Path) -> None:
    """A file to open in a browser."""
    assert _between("map", "cbt.thought5") == "Written to cbt.thought5.svg\n"
    assert Path("cbt.thought5.svg").read_text(encoding="utf-8").startswith("<svg ")
