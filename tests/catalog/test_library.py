"""The exercises as a whole: the shipped ones are sound, a broken file costs only itself."""

from pathlib import Path

import pytest

from bot.catalog.exercise import Exercise
from bot.catalog.load import Library, read_file, read_library
from bot.catalog.tracks import Overlay
from bot.cli.exercises import schema_text
from bot.config import Settings

SHIPPED = Settings().exercises_dir
KEPT = read_library(SHIPPED, Settings().cache)
SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")
OTHER = SMALL.replace("test.small", "test.other")


def _library(folder: Path, **files: str) -> Library:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_library(folder)


def _exercise(folder: Path, text: str) -> Exercise:
    file = folder / "one.yaml"
    file.write_text(text, encoding="utf-8")
    exercise = read_file(file).exercise
    assert exercise is not None
    return exercise


def test_the_shipped_exercises_have_no_problems() -> None:
    """Everything in exercises/ can be gone through as it is."""
    library = read_library(SHIPPED)
    assert library.problems == ()
    assert set(library.exercises) >= {
        "breath.paced", "cbt.thought5", "cbt.thought7", "er.checkfacts", "mind.ground54321",
    }  # fmt: skip


@pytest.mark.parametrize("exercise", KEPT.exercises.values(), ids=lambda e: e.id)
def test_every_shipped_exercise_speaks_both_languages_and_says_what_it_is(
    exercise: Exercise,
) -> None:
    """English and Spanish, a credit, and a review that nobody has signed in secret."""
    assert exercise.languages == ("en", "es")
    assert exercise.review.status == "draft"
    assert all(len(credit) > 20 for credit in exercise.credits)


def test_the_schema_for_editors_is_current() -> None:
    """exercises/schema.json is what `between exercises schema` writes."""
    assert (SHIPPED / "schema.json").read_text(encoding="utf-8") == schema_text()
    overlay = SHIPPED / "tracks" / "schema.json"
    assert overlay.read_text(encoding="utf-8") == schema_text(Overlay)


@pytest.mark.parametrize(
    "broken",
    ["", "id: [", SMALL.replace("type: say", "type: sy"), SMALL.replace("by: 10", "by: 7")],
)
def test_a_broken_file_costs_only_itself(broken: str, tmp_path: Path) -> None:
    """The other exercises stay, and only the broken file is complained about."""
    library = _library(tmp_path, bad=broken, good=OTHER)
    assert set(library.exercises) == {"test.other"}
    assert {problem.file for problem in library.problems} == {f"{tmp_path.name}/bad.yaml"}


@pytest.mark.parametrize(
    ("broken", "code"),
    [(SMALL.replace("type: say", "type: sy"), "SHAPE_004"), (f"{SMALL}\n  bad: [", "YAML_001")],
)
def test_an_offer_of_a_broken_exercise_is_not_a_second_problem(
    broken: str, code: str, tmp_path: Path
) -> None:
    """Who offers an exercise whose file is broken hears nothing; the broken file does."""
    offering = OTHER.replace("offer: [test.other]", "offer: [test.small]")
    library = _library(tmp_path, bad=broken, good=offering)
    assert {problem.code for problem in library.problems} == {code}


def test_an_offer_of_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    """LIB_001: what is offered next exists, or the author hears what was meant."""
    offering = OTHER.replace("offer: [test.other]", "offer: [test.smal]")
    (problem,) = _library(tmp_path, small=SMALL, other=offering).problems
    line = offering[: offering.index("test.smal")].count("\n") + 1
    assert (problem.code, problem.line) == ("LIB_001", line)
    assert "Did you mean “test.small”?" in problem.message


PLAN = SMALL.replace("id: test.small", "id: test.plan").replace(
    "suggest:\n", "later:\n  - {when: day, ask: test.review}\nsuggest:\n", 1
).replace(
    "  - id: note\n",
    "  - id: day\n    type: ask_when\n    label: {en: Day, es: Día}\n"
    "    text: {en: When?, es: ¿Cuándo?}\n  - id: note\n",
    1,
)  # fmt: skip
REVIEW = """
schema: 1
id: test.review
modality: cbt
title: {en: Review, es: Repaso}
summary: {en: "For tests", es: Para pruebas}
minutes: 1
languages: [en, es]
credits: [Our own]
review: {status: draft}
opt: true
given: [{id: thought, label: {en: Then, es: Antes}}]
steps:
  - {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("id: thought", None),
        ("id: hot", None),
        ("id: before, scale: {min: 0, max: 10}", None),
        ("id: thoght", "which is not asked here. Did you mean “thought”?"),
        ("id: breath", "which is not asked here"),
        ("id: note", "which may be empty at the end"),
        ("id: before, scale: {min: 0, max: 5}", "on another scale"),
        ("id: thought, scale: {min: 0, max: 10}", "on another scale"),
    ],
)
def test_a_review_gets_what_it_needs(given: str, says: str | None, tmp_path: Path) -> None:
    """LIB_003: every answer it takes over is sure to be there, or the plan's author hears it."""
    review = REVIEW.replace("id: thought", given)
    problems = _library(tmp_path, plan=PLAN, review=review, small=SMALL).problems
    line = PLAN[: PLAN.index("later:")].count("\n") + 2
    told = [(each.code, each.line) for each in problems]
    assert told == ([] if says is None else [("LIB_003", line)])
    assert says is None or says in problems[0].message


def test_a_review_is_not_offered_without_its_plan(tmp_path: Path) -> None:
    """LIB_003: whoever offers it next hears that it can only come later."""
    offering = OTHER.replace("offer: [test.other]", "offer: [test.review]")
    (problem,) = _library(tmp_path, other=offering, review=REVIEW).problems
    assert problem.code == "LIB_003"
    assert "can only come later" in problem.message


def test_an_id_is_used_once(tmp_path: Path) -> None:
    """LIB_002: the second file is told where the id already is; the first one counts."""
    library = _library(tmp_path, a=SMALL, b=SMALL.replace("minutes: 5", "minutes: 6"))
    (problem,) = library.problems
    assert (problem.code, problem.line) == ("LIB_002", 2)
    assert f"{tmp_path.name}/a.yaml" in problem.message
    assert library.exercises["test.small"].minutes == 5


def test_a_misspelt_id_is_guessed(tmp_path: Path) -> None:
    """A near miss gets a hint, nonsense gets none."""
    library = _library(tmp_path, small=SMALL)
    assert library.find("test.small") is not None
    assert library.find("test.smal") is None
    assert library.guess("test.smal") == " Did you mean “test.small”?"
    assert library.guess("zzz") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema: 1\n", "# a remark\nschema: 1\n\n"),
        ("  - id: hello", "\n  # first words\n  - id: hello"),
        ("{en: Small, es: Pequeño}", "{es: Pequeño, en: Small}"),
        ("title: {en: Small, es: Pequeño}", "title:\n  en: |\n    Small\n  es: 'Pequeño'"),
        ("languages: [en, es]", "languages:\n  - en\n  - es"),
        ("optional: true", "max_chars: 600\n    optional: yes"),
        ("id: test.small\nmodality: cbt", "modality: cbt\nid: test.small"),
    ],
)
def test_the_layout_does_not_change_the_revision(old: str, new: str, tmp_path: Path) -> None:
    """Comments, blank lines, the order of keys, quotes and written-out defaults mean nothing."""
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    assert _exercise(tmp_path, text).revision == _exercise(tmp_path, SMALL).revision


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How bad?", "How bad"),
        ("¿Cuánto?", "¿cuánto?"),
        ("minutes: 5", "minutes: 6"),
        ("optional: true", "optional: false"),
        ("goto: breath", "goto: end"),
        ("at_least: 8", "at_least: 7"),
        ("[sad, angry]", "[angry, sad]"),
    ],
)
def test_a_word_changes_the_revision(old: str, new: str, tmp_path: Path) -> None:
    """Whatever a person would notice makes it another revision."""
    changed = _exercise(tmp_path, SMALL.replace(old, new, 1))
    assert changed.revision != _exercise(tmp_path, SMALL).revision


def test_the_canonical_form_reads_back_the_same(tmp_path: Path) -> None:
    """A stored revision gives the exercise it was made from."""
    exercise = _exercise(tmp_path, SMALL)
    again = Exercise.model_validate_json(exercise.canonical())
    assert (again.revision, again) == (exercise.revision, exercise)
