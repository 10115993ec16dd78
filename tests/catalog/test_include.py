"""Lists that several exercises share: they are one list, and a mistake in them has one line."""

from pathlib import Path

import pytest

from bot.catalog.load import Library, read_library

TOP = """\
schema: 1
id: test.{name}
modality: check_in
title: {{en: T, es: T}}
summary: {{en: S, es: S}}
minutes: 5
languages: [en, es]
credits: [Our own]
review: {{status: draft}}
signals:
  - include: core
steps:
  - id: own
    type: say
    text: {{en: Hello, es: Hola}}
  - include: {include}
  - id: end
    type: finish
    remarks:
      - include: core
"""
CORE = """\
steps:
  - id: mood
    type: ask_scale
    label: {en: Mood, es: Ánimo}
    text: {en: How is it?, es: ¿Qué tal?}
    scale: {min: 0, max: 10}
signals:
  - reason: low
    tier: concern
    when: {answer: mood, at_most: 0}
remarks:
  - when: {answer: mood, at_most: 3}
    text: {en: Heavy., es: Pesado.}
"""


def _library(folder: Path, core: str = CORE, include: str = "core") -> Library:
    (folder / "parts").mkdir()
    (folder / "parts" / "core.yaml").write_text(core, encoding="utf-8")
    for name in ("one", "two"):
        text = TOP.format(name=name, include=include)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_library(folder)


def test_an_include_is_the_list_of_that_name(tmp_path: Path) -> None:
    """Steps, signals and remarks come from the file, at the place where it is included."""
    library = _library(tmp_path)
    assert library.problems == ()
    exercise = library.exercises["test.one"]
    assert [step.id for step in exercise.steps] == ["own", "mood", "end"]
    assert [signal.reason for signal in exercise.signals] == ["low"]
    assert len(exercise.steps[2].remarks) == 1  # type: ignore[union-attr] # it is the finish


def test_the_shared_file_is_no_exercise(tmp_path: Path) -> None:
    """What lies in parts/ is read only where it is included."""
    assert set(_library(tmp_path).exercises) == {"test.one", "test.two"}


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("type: ask_scale", "type: ask_scael", "  - id: mood", "SHAPE_004"),
        ("es: ¿Qué tal?", "fr: Ça va?", "    text: {en: How", "TEXT_001"),
        ("{min: 0, max: 10}", "{min: 0, max: 100}", "    scale:", "SIZE_002"),
        ("{answer: mood, at_most: 0}", "{answer: mod, at_most: 0}", "{answer: mod", "COND_001"),
        ("title", "title", "", ""),
        ("  - id: mood", "\t- id: mood", "\t- id", "YAML_001"),
    ],
)
def test_a_mistake_is_told_once_where_it_is_written(
    old: str, new: str, at: str, code: str, tmp_path: Path
) -> None:
    """The shared file and its own line, though two exercises include it."""
    core = CORE.replace(old, new)
    problems = _library(tmp_path, core).problems
    if not code:
        assert problems == ()
        return
    line = core[: core.index(at)].count("\n") + 1
    where = f"{tmp_path.name}/parts/core.yaml"
    assert (where, line, code) in [(each.file, each.line, each.code) for each in problems]
    assert len({(each.line, each.code) for each in problems}) == len(problems)


@pytest.mark.parametrize(
    ("include", "core", "says"),
    [
        ("cor", CORE, "Did you mean “core”?"),
        ("../core", CORE, "There is no file"),
        ("core", CORE.replace("steps:", "stepps:"), "has no list “steps”"),
        ("core", CORE + "suggest: []\n", ""),
        ("core", "steps:\n  - include: core\n", "goes no deeper"),
    ],
)
def test_what_cannot_be_included_is_told_where_it_was_wanted(
    include: str, core: str, says: str, tmp_path: Path
) -> None:
    """INCL_001 with the line of the include, in each exercise that has it."""
    problems = _library(tmp_path, core, include).problems
    if not says:
        assert problems == ()
        return
    line = TOP[: TOP.index("{include}")].count("\n") + 1
    found = [each for each in problems if each.line == line]
    assert {each.file for each in found} == {
        f"{tmp_path.name}/one.yaml", f"{tmp_path.name}/two.yaml",
    }  # fmt: skip
    assert all(each.code == "INCL_001" and says in each.message for each in found)


def test_an_exercise_outside_is_told_of_its_own_lines(tmp_path: Path) -> None:
    """A mistake behind an include has the line it is written on, not one moved by the include."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "core.yaml").write_text(CORE, encoding="utf-8")
    text = TOP.format(name="one", include="core").replace("type: finish", "type: finsh")
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    (problem,) = read_library(tmp_path).problems
    line = text[: text.index("  - id: end")].count("\n") + 1
    assert (problem.code, problem.line, problem.file) == (
        "SHAPE_004", line, f"{tmp_path.name}/one.yaml",
    )  # fmt: skip
