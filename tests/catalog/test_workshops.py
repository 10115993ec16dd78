"""A clinician's workshop: what is wrong with it, in which line, and how to mend it."""

from pathlib import Path

import pytest

from bot.catalog.load import read_library
from bot.catalog.load_workshops import Workshops, read_workshops, unknown_exercises
from bot.config import Settings

SETTINGS = Settings()
GOOD = """\
schema: 1
id: ws.try
title: {en: Try, es: Prueba}
summary: {en: A try., es: Una prueba.}
days: 7
languages: [en, es]
credits: [Our own.]
review: {status: draft}
ending: {en: Bye., es: Hasta luego.}
lessons:
  - id: one
    title: {en: One, es: Uno}
    text: {en: Read., es: Lee.}
    exercise: er.opposite
    ask: {en: "What?", es: "¿Qué?"}
  - id: two
    title: {en: Two, es: Dos}
    opens: next_day
    text: {en: Read on., es: Sigue.}
    exercise: er.opposite
    ask: {en: "And?", es: "¿Y?"}
"""


def _read(folder: Path, *texts: str) -> Workshops:
    for at, text in enumerate(texts):
        (folder / f"{at}.yaml").write_text(text, encoding="utf-8")
    return read_workshops(folder)


def test_a_good_one_is_known(tmp_path: Path) -> None:
    """It is read with its lessons in order, and kept for the next time."""
    found = _read(tmp_path, GOOD)
    assert found.problems == ()
    assert [each.id for each in found.known["ws.try"].lessons] == ["one", "two"]
    cache = tmp_path / "cache"
    first, again = (read_workshops(tmp_path, cache) for _ in range(2))
    assert again.known == first.known == found.known


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "part"),
    [
        ("opens: next_day", "opens: nextday", 18, "SHAPE_006", "next_day"),
        ("    opens: next_day\n", "", 16, "WORKSHOP_003", "Say when it opens"),
        ("id: one\n", "id: one\n    opens: after_previous\n", 12, "WORKSHOP_003", "never open"),
        ("id: one\n", "id: one\n    opens: next_day\n", 12, "WORKSHOP_003", "leave `opens:` out"),
        ("id: two", "id: one", 16, "WORKSHOP_002", "already a lesson"),
        ("es: Sigue.", "es: ''", 19, "TEXT_001", "“es” text is missing"),
        (", es: Sigue.", "", 19, "TEXT_001", "“es” text is missing"),
        ("es: Sigue.", "es: Sigue., de: Weiter.", 19, "TEXT_002", "“de”"),
        ("en: Read on.", "en: 'Read {{ on }}.'", 19, "TEXT_009", "braces"),
        ("en: Read on.", "en: <em>Read</em>", 19, "TEXT_007", "<em>"),
        ("en: Two,", f"en: {'Two ' * 10},", 17, "SIZE_001", "34 fit"),
        ("summary:", "sumary:", 4, "SHAPE_002", "summary"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, code: str, part: str
) -> None:
    """One thing is broken; the problem names the file, the line and the way out."""
    assert old in GOOD
    found = _read(tmp_path, GOOD.replace(old, new, 1))
    assert found.known == {}
    told = {(each.file, each.line, each.code): each.message for each in found.problems}
    assert ("exercises/workshops/0.yaml", line, code) in told, found.problems
    assert part in told["exercises/workshops/0.yaml", line, code]


def _with(days: int, *rules: str) -> str:
    """A workshop of so many days whose further lessons open by these rules."""
    head, lesson = GOOD.split("  - id: two")
    more = [
        f"  - id: more{at}{lesson.replace('opens: next_day', f'opens: {rule}')}"
        for at, rule in enumerate(rules)
    ]
    return head.replace("days: 7", f"days: {days}") + "".join(more)


@pytest.mark.parametrize(
    ("days", "rules", "problem"),
    [
        (3, ("next_day", "next_day"), None),
        (2, ("next_day", "next_day"), "It can never open: that takes 2 days"),
        (2, ("after_previous", "after_session", "next_day"), None),
        (8, ("monday",), None),
        (7, ("monday",), "Who joins on some weekdays never sees it: that takes up to 7 days."),
        (8, ("monday", "monday"), "It can never open: that takes 8 days"),
        (15, ("monday", "monday"), None),
    ],
)
def test_every_lesson_opens_in_time(
    tmp_path: Path, days: int, rules: tuple[str, ...], problem: str | None
) -> None:
    """On whichever weekday somebody joins, the last lesson opens before the workshop ends."""
    found = _read(tmp_path, _with(days, *rules))
    assert [each.code for each in found.problems] == (["WORKSHOP_004"] if problem else [])
    assert all(str(problem) in each.message for each in found.problems)


def test_unknown_exercises_get_a_hint_and_a_line(tmp_path: Path) -> None:
    """The workshop stays, so that one misspelt id does not take the lessons from people."""
    found = _read(tmp_path, GOOD.replace("er.opposite", "er.oposite", 1))
    library = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
    (problem,) = unknown_exercises(found, library)
    assert str(problem) == (
        "exercises/workshops/0.yaml:14 WORKSHOP_001 There is no exercise called “er.oposite”. "
        "Did you mean “er.opposite”?"
    )
    assert "ws.try" in found.known


def test_what_needs_answers_brought_along_cannot_begin_here(tmp_path: Path) -> None:
    """A review begins after its plan, not as a lesson."""
    found = _read(tmp_path, GOOD.replace("er.opposite", "er.opposite_review", 1))
    library = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
    (problem,) = unknown_exercises(found, library)
    assert (problem.line, problem.code) == (14, "WORKSHOP_001")
    assert "brought along" in problem.message


def test_one_id_twice_and_a_file_that_is_none(tmp_path: Path) -> None:
    """The first stays; a broken file costs only itself."""
    found = _read(tmp_path, GOOD, GOOD, "- just a list\n", "a: [\n")
    assert list(found.known) == ["ws.try"]
    codes = sorted((each.file[-6:], each.code) for each in found.problems)
    assert codes == [("1.yaml", "LIB_002"), ("2.yaml", "YAML_003"), ("3.yaml", "YAML_001")]


def test_ours_are_whole() -> None:
    """The five that Between comes with make sense, lead to exercises, and speak both languages."""
    found = read_workshops(SETTINGS.workshops_dir)
    library = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
    assert (found.problems, unknown_exercises(found, library)) == ((), [])
    assert sorted(found.known) == [
        *("ws.dearman", "ws.evenings", "ws.lapse", "ws.sleep", "ws.urges7")
    ]
    assert all(each.languages == ("en", "es") for each in found.known.values())
