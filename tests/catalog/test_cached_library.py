"""Exercises and measures that were fine are kept; problems are told anew at every start."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.catalog.load import Library, read_library
from bot.catalog.load_helplines import load_helplines
from bot.catalog.load_measures import read_measures
from bot.config import Settings
from bot.messages.words import Words

EXERCISES = Settings().exercises_dir
MEASURES = Settings().measures_dir
CHECKED = date(2026, 11, 23)


def test_kept_exercises_are_the_same(tmp_path: Path) -> None:
    """Kept, every exercise means the same to the last default, in the same order."""
    plain = list(read_library(EXERCISES).exercises.items())
    first = list(read_library(EXERCISES, tmp_path).exercises.items())
    kept = list(read_library(EXERCISES, tmp_path).exercises.items())
    assert len(plain) > 50
    assert kept == first == plain
    assert [each.revision for _, each in kept] == [each.revision for _, each in plain]


def test_kept_measures_are_the_same(tmp_path: Path) -> None:
    """Kept, every measure means the same, whoever fills it in."""
    plain = list(read_measures(MEASURES).known.items())
    first = list(read_measures(MEASURES, tmp_path).known.items())
    kept = list(read_measures(MEASURES, tmp_path).known.items())
    assert len(plain) > 5
    assert kept == first == plain
    assert [type(each) for _, each in kept] == [type(each) for _, each in plain]


class Some:
    """A folder with two real exercises, one with a shared list, read with a cache."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "exercises", folder / "cache"
        for name in ("recovery/days.yaml", "checkins/core.yaml"):
            (self.folder / name).parent.mkdir(parents=True)
            shutil.copy(EXERCISES / name, self.folder / name)
        shutil.copytree(EXERCISES / "checkins" / "parts", self.folder / "checkins" / "parts")
        self.one = self.folder / "recovery" / "days.yaml"

    def read(self) -> Library:
        """As at a start."""
        return read_library(self.folder, self.cache)

    def change(self, old: str, new: str) -> None:
        """An author changes one file."""
        text = self.one.read_text(encoding="utf-8")
        assert old in text
        self.one.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def some(tmp_path: Path) -> Some:
    """Exercises that were read once."""
    several = Some(tmp_path)
    several.read()
    return several


def _named(library: Library, end: str) -> str:
    (name,) = (name for name in library.exercises if name.endswith(end))
    return name


def test_a_changed_exercise_is_read(some: Some) -> None:
    """A file that changed counts at the next start; a file taken away is gone."""
    name = _named(some.read(), ".days")
    before = some.read().exercises[name].minutes
    some.change(f"minutes: {before}", f"minutes: {before + 1}")
    assert some.read().exercises[name].minutes == before + 1
    some.one.unlink()
    assert name not in some.read().exercises


def test_a_broken_exercise_is_told_every_time(some: Some) -> None:
    """A problem is told with file and line at every start until it is mended."""
    good = some.read()
    some.change("minutes:", "minuets:")
    first, again = some.read(), some.read()
    assert first.problems == again.problems == read_library(some.folder).problems
    text = some.one.read_text(encoding="utf-8")
    line = text[: text.index("minuets:")].count("\n") + 1
    assert line in [each.line for each in first.problems if each.file.endswith("days.yaml")]
    some.change("minuets:", "minutes:")
    assert some.read() == good


def test_a_clash_of_kept_exercises_is_told(some: Some) -> None:
    """What only shows when all lie side by side is looked for among kept exercises, too."""
    some.one.with_name("zz.yaml").write_bytes(some.one.read_bytes())
    first, again = some.read(), some.read()
    assert "LIB_002" in {each.code for each in first.problems}
    assert again.problems == first.problems
    assert all(each.line > 0 for each in again.problems)


def test_a_changed_shared_list_is_read(some: Some) -> None:
    """A list that exercises include belongs to them: when it changes, they are read anew."""
    assert "INCL_001" not in {each.code for each in some.read().problems}
    for part in (some.folder / "checkins" / "parts").glob("*.yaml"):
        part.write_text("nothing: []\n", encoding="utf-8")
    assert "INCL_001" in {each.code for each in some.read().problems}


def test_a_broken_measure_is_told_every_time(tmp_path: Path) -> None:
    """A definition with a problem is never kept, and the others still are."""
    folder = tmp_path / "exercises" / "measures"
    shutil.copytree(MEASURES, folder)
    read_measures(folder, tmp_path)
    one = min(folder.glob("*.yaml"))
    one.write_text(one.read_text(encoding="utf-8") + "\nnobody_knows: 1\n", encoding="utf-8")
    first, again = read_measures(folder, tmp_path), read_measures(folder, tmp_path)
    assert first.problems
    assert first == again == read_measures(folder)


def test_kept_help_lines_are_the_same_and_still_grow_old(tmp_path: Path) -> None:
    """What is kept means the same; once a day is too old, its line is told again, kept or not."""
    kept = Settings().helplines_file
    plain, _ = load_helplines(kept, CHECKED)
    load_helplines(kept, CHECKED, tmp_path)
    assert (tmp_path / "helplines.json").exists()
    assert load_helplines(kept, CHECKED, tmp_path) == (plain, ())
    late = CHECKED + timedelta(days=400)
    assert load_helplines(kept, late, tmp_path) == load_helplines(kept, late)


def test_kept_help_lines_follow_their_file(tmp_path: Path) -> None:
    """A mended file is read anew, and a broken one is told at every start."""
    file = tmp_path / "helplines.yaml"
    shutil.copy(Settings().helplines_file, file)
    load_helplines(file, CHECKED, tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "\nsomething: else\n", encoding="utf-8")
    for _ in range(2):
        _, problems = load_helplines(file, CHECKED, tmp_path)
        assert any("something" in each.message for each in problems)


def test_kept_words_are_the_same_and_follow_their_files(tmp_path: Path) -> None:
    """Every short word of every language comes back as it was, and a changed file is read anew."""
    prompts, cache = tmp_path / "prompts", tmp_path / "cache"
    shutil.copytree(Settings().prompts_dir, prompts)
    plain, first, kept = Words(prompts), Words(prompts, cache), Words(prompts, cache)
    for language in plain.languages:
        assert kept.short(language) == first.short(language) == plain.short(language)
    file = prompts / "es" / "words.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nnuevo: hola\n", encoding="utf-8")
    assert Words(prompts, cache).word("es", "nuevo") == "hola"
