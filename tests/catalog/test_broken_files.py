"""What an author hears about a broken file: a code, the line, and often the way out."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import bot.catalog
from bot.catalog.load import read_file, read_library

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")
LONG = "x" * 1201


class Broken(NamedTuple):
    """`old` replaced by `new` gives the problem `code` on the line that holds `at`."""

    code: str
    old: str
    new: str
    at: str
    says: str = ""


TABLE = [
    Broken("YAML_001", "minutes: 5", "minutes: [5", "languages:"),
    Broken("YAML_001", "  status: draft", "\tstatus: draft", "\tstatus", "Use spaces, not a tab."),
    Broken("YAML_001", "Our own", "Our \x07own", "Our \x07own", "control character"),
    Broken("YAML_001", "[Our own]", "*ours", "*ours", "undefined alias"),
    Broken("YAML_001", "[Our own]", "[" * 600, "schema", "nested too deeply"),
    Broken("YAML_002", "minutes: 5", "minutes: 5\nid: test.other", "test.other", "twice"),
    Broken("YAML_003", SMALL, "- just\n- a list\n", "just", "no exercise"),
    Broken("YAML_003", SMALL, "", "", "no exercise"),
    Broken("SHAPE_001", "minutes: 5", "minutes: soon", "soon"),
    Broken("SHAPE_001", "minutes: 5", "minutes: 90", "minutes: 90", "less than or equal to 60"),
    Broken("SHAPE_001", "{en: I fail., es: Fracaso.}", "I fail.", "I fail.", "texts by language"),
    Broken("SHAPE_001", "[Our own]", "Our own", "credits", "a list"),
    Broken("SHAPE_002", "optional: true", "optinal: true", "optinal", "Did you mean “optional”?"),
    Broken("SHAPE_002", "at_least: 8}\n    then", "at_leest: 8}\n    then", "at_leest",
           "Did you mean “at_least”?"),
    Broken("SHAPE_003", "modality: cbt\n", "", "schema", "“modality” is missing"),
    Broken("SHAPE_003", "    else: end\n", "", "still_bad", "“else” is missing"),
    Broken("SHAPE_004", "type: ask_scale\n    label: {en: Before",
           "type: ask_scael\n    label: {en: Before", "id: before", "Did you mean “ask_scale”?"),
    Broken("SHAPE_004", "    type: say\n", "", "id: hello", "needs a type"),
    Broken("SHAPE_005", "id: note", "id: My note", "My note", "small letters"),
    Broken("SHAPE_005", "languages: [en, es]", "languages: [en, spanish]", "spanish", "“spanish”"),
    Broken("SHAPE_005", "{en: I fail., es:", "{en: I fail., ES:", "I fail.", "“ES”"),
    Broken("SHAPE_006", "modality: cbt", "modality: cure", "cure", "'cbt'"),
    Broken("SHAPE_006", "status: draft", "status: fine", "fine", "'draft'"),
    Broken("SHAPE_007", "status: draft", "status: reviewed", "review:", "by whom"),
    Broken("SHAPE_007", "{min: 0, max: 100, by: 10}", "{min: 0, max: 100, by: 7}", "by: 7", "by"),
    Broken("SHAPE_007", "{answer: safe, is: unsure}", "{answer: safe}", "{answer: safe}", "is:"),
    Broken("SHAPE_008", "languages: [en, es]", "languages: []", "languages", "at least 1"),
    Broken("STEP_001", "id: note", "id: before", "id: before\n    type: ask_text", "another id"),
    Broken("STEP_002", "then: breath", "then: breth", "breth", "Did you mean “breath”?"),
    Broken("STEP_002", "goto: breath", "goto: nowhere_at_all", "nowhere_at_all", "no step called"),
    Broken("STEP_003", "of: moods\n    label: {en: Strength", "of: mods\n    label: {en: Strength",
           "of: mods", "Did you mean “moods”?"),
    Broken("STEP_003", "es: [tristeza, enojo]", "es: [tristeza, enojo]\n    optional: 1",
           "of: moods", "may not have been answered"),
    Broken("STEP_004", "  - id: breath", "  - id: lost\n    type: say\n    goto: end\n"
           "    text: {en: a, es: a}\n  - id: breath", "id: lost", "No path leads"),
    Broken("STEP_005", "con tu equipo.\"}\n", "con tu equipo.\"}\n  - id: tail\n    type: say\n"
           "    text: {en: a, es: a}\n", "id: tail", "nothing follows"),
    Broken("STEP_006", "cue: {en: In, es: Inhala}", "cue: {en: In, es: Inhala}\n    goto: breath",
           "id: breath", "no path comes to an end"),
    Broken("STEP_007", "else: end", "else: still_bad", "id: still_bad", "comes back to itself"),
    Broken("STEP_007", "label: {en: Hot", "goto: hot_again\n    label: {en: Hot", "id: hot\n",
           "without asking anything"),
    Broken("COND_001", "{answer: after, at_least: 8}", "{answer: aftr, at_least: 8}", "aftr",
           "Did you mean “after”?"),
    Broken("COND_001", "{answer: safe, is: unsure}", "{answer: hello, is: empty}", "hello, is"),
    Broken("COND_001", "{answer: before, at_least: 8}", "{answer: befor, at_least: 8}", "befor,",
           "Did you mean “before”?"),
    Broken("COND_001", "    changes:", "    shows: [nothing_like_it]\n    changes:", "shows:"),
    Broken("COND_002", "{before: before, after", "{before: note, after", "{before: note",
           "both be ratings"),
    Broken("COND_003", "{before: before, after", "{before: strength, after", "{before: strength",
           "the same scale"),
    Broken("COND_004", "{answer: after, at_least: 8}", "{answer: note, at_least: 8}",
           "{answer: note", "not a number"),
    Broken("COND_005", "is: unsure", "is: unsur", "is: unsur}", "Did you mean “unsure”?"),
    Broken("GATE_001", "id: unsure", "id: maybe", "gate: true", "yes, no and unsure"),
    Broken("GATE_002", "es: No lo sé}\n        goto: breath", "es: No lo sé}", "gate: true",
           "not lead"),
    Broken("GATE_003", "gate: true", "gate: true\n    optional: true", "gate: true", "optional"),
    Broken("VIEW_001", "keep_in_view: thought", "keep_in_view: thougt", "keep_in_view",
           "Did you mean “thought”?"),
    Broken("VIEW_001", "keep_in_view: thought", "keep_in_view: before", "keep_in_view"),
    Broken("VIEW_001", "keep_in_view: thought", "keep_in_view: note", "keep_in_view"),
    Broken("TEXT_001", "{en: I fail., es: Fracaso.}", "{en: I fail.}", "I fail.", "“es”"),
    Broken("TEXT_001", "es: Fracaso.", "es: ' '", "I fail.", "empty"),
    Broken("TEXT_001", "      es: [tristeza, enojo]\n", "", "suggest:\n      en", "every language"),
    Broken("TEXT_002", "es: Fracaso.", "es: Fracaso., fr: Je rate.", "I fail.", "“fr”"),
    Broken("TEXT_003", "“{{ thought }}”", "“{{ thought|upper }}”", "|upper", "between braces"),
    Broken("TEXT_003", "Anything else?", "{% if x %}Anything else?", "{% if", "between braces"),
    Broken("TEXT_004", "“{{ thought }}”", "“{{ tought }}”", "tought", "Did you mean “thought”?"),
    Broken("TEXT_004", "How bad?", "How bad is “{{ item }}”?", "How bad", "not the id"),
    Broken("TEXT_005", "What went through", "After {{ before }}, what went through", "{{ before",
           "not been asked on every path"),
    Broken("TEXT_005", "Breathe.", "Breathe with {{ thought }}.", "Breathe with"),
    Broken("TEXT_006", "And now?", "And now, after {{ note }}?", "And now, after", "skipped"),
    Broken("TEXT_007", "How bad?", "<h1>How bad?</h1>", "<h1>", "<h1> is not one of the tags"),
    Broken("TEXT_007", "How bad?", "How <b>bad?", "How <b>bad", "never closed"),
    Broken("TEXT_007", "en: Before", "en: <b>Before</b>", "<b>Before", "plain"),
    Broken("TEXT_007", "In, es: Inhala", "In &amp; hold, es: Inhala", "In &amp;", "plain"),
    Broken("TEXT_008", "[sad, angry]", "[sad, angry, numb]", "suggest:\n      en", "length"),
    Broken("TEXT_009", "en: Before", "en: '{{ thought }}'", "en: '{{", "only in a text:"),
    Broken("SIZE_001", "en: Not sure", "en: Not sure at all about any of this here", "Not sure at",
           "a button shows 34"),
    Broken("SIZE_001", "[sad, angry]", "[so sad that I can hardly think of it, angry]", "so sad"),
    Broken("SIZE_002", "{min: 0, max: 100, by: 10}", "{min: 0, max: 100, by: 5}", "by: 5",
           "at most"),
    Broken("SIZE_002", "[sad, angry]\n      es: [tristeza, enojo]",
           f"[{', '.join('abcdefghijklmno')}]\n      es: [{', '.join('abcdefghijklmno')}]",
           "suggest:\n      en", "At most 14"),
    Broken("SIZE_003", "How bad?", LONG, LONG, "1201 characters"),
    Broken("SIZE_004", "rounds: 6", "rounds: 120", "minutes: 5", "at least 9"),
]  # fmt: skip


def _mend_loop(text: str) -> str:
    """The second STEP_007 needs a step that goes back to the choice."""
    if "hot_again" not in text:
        return text
    again = "  - id: hot_again\n    type: branch\n    when: {answer: strength, at_least: 5}\n"
    return text.replace(
        "  - id: before\n", again + "    then: hot\n    else: before\n  - id: before\n"
    )


@pytest.mark.parametrize("broken", TABLE, ids=lambda each: f"{each.code} {each.new[:20]!r}")
def test_each_fault_is_told_with_its_code_and_line(broken: Broken, tmp_path: Path) -> None:
    """The problem names its code, the line where it stands, and what would help."""
    assert SMALL.count(broken.old) >= 1
    text = _mend_loop(SMALL.replace(broken.old, broken.new, 1))
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    lines = text[: text.index(broken.at)].count("\n") + 1
    found = [each for each in read_file(file).problems if each.code == broken.code]
    assert [each.line for each in found][:1] == [lines], [*map(str, read_file(file).problems)]
    assert broken.says in found[0].message
    assert str(found[0]).startswith(f"{file}:{lines} {broken.code} ")


def test_the_small_exercise_itself_is_fine(tmp_path: Path) -> None:
    """All faults of the table come from their own change."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    assert read_library(tmp_path).problems == ()


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    """Bytes that are no text are the author's problem, not a crash."""
    (tmp_path / "latin.yaml").write_bytes(SMALL.encode("latin-1", "replace"))
    assert [each.code for each in read_library(tmp_path).problems] == ["YAML_001"]


def test_every_code_is_covered() -> None:
    """No fault can be told that this table (or the library's tests) does not know."""
    folder = Path(bot.catalog.__file__).parent
    sources = [folder / "load.py", folder / "shape.py", *(folder / "check").glob("*.py")]
    written = {
        code
        for source in sources
        for code in re.findall(r'"([A-Z]+_\d{3})"', source.read_text(encoding="utf-8"))
    }
    assert written == {each.code for each in TABLE} | {"LIB_001", "LIB_002"}
