"""What an author hears about a broken file: a code, the line, and often the way out."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import bot.catalog
from bot.catalog.load import read_file, read_library

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")
WIDE = Path(__file__).with_name("wide.yaml").read_text(encoding="utf-8")
LONG = "x" * 1201


class Broken(NamedTuple):
    """`old` replaced by `new` in `base` gives the problem `code` on the line that holds `at`."""

    code: str
    old: str
    new: str
    at: str
    says: str = ""
    base: str = SMALL


def _wide(code: str, old: str, new: str, at: str, says: str = "") -> Broken:
    return Broken(code, old, new, at, says, WIDE)


TABLE = [
    Broken("YAML_001", "minutes: 5", "minutes: [5", "languages:"),
    Broken("YAML_001", "  status: draft", "\tstatus: draft", "\tstatus", "Use spaces, not a tab."),
    Broken("YAML_001", "Our own", "Our \x07own", "Our \x07own", "control character"),
    Broken("YAML_001", "[Our own]", "*ours", "*ours", "undefined alias"),
    Broken("YAML_001", "minutes: 5", "minutes: 5: 6", "5: 6", "goes in quotes"),
    Broken("YAML_001", "languages: [en, es]", " languages: [en, es]", " languages",
           "below one another"),
    Broken("YAML_001", SMALL, 'id: x\ntitle: "Our own\n', "title", "never closed"),
    Broken("YAML_001", "[Our own]", "'it's ours'", "it's", "the other kind"),
    Broken("YAML_001", "[Our own]", "@ours", "@ours", "begins with this sign"),
    Broken("YAML_001", "minutes: 5", "minutes: 5\n---", "---", "one exercise"),
    Broken("YAML_001", "[Our own]", "[" * 600, "schema", "nested too deeply"),
    Broken("YAML_002", "minutes: 5", "minutes: 5\nid: test.other", "test.other", "twice"),
    Broken("YAML_003", SMALL, "- just\n- a list\n", "just", "no exercise"),
    Broken("YAML_003", SMALL, "", "", "no exercise"),
    Broken("SHAPE_001", "minutes: 5", "minutes: soon", "soon", "a whole number"),
    Broken("SHAPE_001", "optional: true", "optional: maybe", "maybe", "true or false"),
    Broken("SHAPE_001", "es: Fracaso.", "es:", "I fail.", "Nothing is written here."),
    Broken("SHAPE_002", "goto: breath", "next: breath", "next: breath", "Did you mean “goto”?"),
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
    Broken("TEXT_003", "“{{ thought }}”", "“{{ thought”", "{{ thought”", "between braces"),
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
    Broken("MEDIA_001", "rounds: 6", "rounds: 6\n    picture: circle", "picture:", "only of"),
    _wide("SHAPE_001", "min: 0\n    max: 12", "min: few\n    max: 12", "min: few", "valid number"),
    _wide("SHAPE_001", "at: 90", "at: soon", "at: soon", "a whole number"),
    _wide("SHAPE_002", "at_most: 4", "at_mots: 4", "at_mots", "Did you mean “at_most”?"),
    _wide("SHAPE_002", "    moments:", "    momenst:", "momenst", "Did you mean “moments”?"),
    _wide("SHAPE_003", "    tier: concern\n", "", "reason: harm", "“tier” is missing"),
    _wide("SHAPE_004", "type: wait", "type: wiat", "id: minutes",
          "Did you mean “wait”?"),
    _wide("SHAPE_005", "tags: [evening]", "tags: [In the evening]", "In the", "small letters"),
    _wide("SHAPE_005", "44249-1", "44249A", "44249A", "not a LOINC code"),
    _wide("SHAPE_007", "44249-1", "44294-1", "44294", "a digit is wrong"),
    _wide("SHAPE_006", "need: [urge, talk]", "need: [urgee, talk]", "urgee", "mean “urge”?"),
    _wide("SHAPE_006", "tomorrow_morning, in", "tomorow_morning, in", "tomorow",
          "Did you mean “tomorrow_morning”?"),
    _wide("SHAPE_006", "tier: crisis", "tier: alarm", "tier: alarm", "'concern'"),
    _wide("SHAPE_006", "by: prorate", "by: guess", "by: guess", "'prorate'"),
    _wide("SHAPE_007", "seconds: 120", "seconds: 120\n    minutes: 2", "id: minutes", "either"),
    _wide("SHAPE_007", "at: 90", "at: 190", "id: minutes", "before the time is over"),
    _wide("SHAPE_007", "at: 90", "at: 30", "id: minutes", "one after the other"),
    _wide("SHAPE_007", "suggest: [6, 7.5, 8]", "suggest: [6, 7.5, 18]", "id: sleep", "between"),
    _wide("SHAPE_007", "decimals: 1", "decimals: 0", "id: sleep", "decimals"),
    _wide("SHAPE_007", "past: true", "past: true\n    suggest: [in_a_week]", "id: since", "behind"),
    _wide("SHAPE_007", "min_items: 2\n    own: true", "min_items: 3",
          "id: signs", "more than can be chosen"),
    _wide("SHAPE_007", "from: 10, to: 20", "from: 10, to: 2", "id: total", "lower end"),
    _wide("SHAPE_007", "    ask: test.small\n    quote: [line]\n", "", "- when: day\nsuggest",
          "ask:, quote: or text:"),
    _wide("SHAPE_007", "after: q4}, at_most: 4}", "after: q4}}", "after: q4}}", "at_least:"),
    _wide("STEP_008", "{id: sweat", "{id: heart", "{id: heart, label: {en: Sweating", "another id"),
    _wide("STEP_002", "stopped: line", "stopped: lin", "stopped: lin", "Did you mean “line”?"),
    _wide("COND_001", "{answer: strength, at_least: 9}", "{answer: strenth, at_least: 9}",
          "strenth", "Did you mean “strength”?"),
    _wide("COND_001", "shows: [line, first", "shows: [lien, first", "lien", "mean “line”?"),
    _wide("COND_002", "{before: q3, after: q4}, at_least: 20",
          "{before: q1, after: q4}, at_least: 2",
          "before: q1", "ratings"),
    _wide("COND_002", "{before: sure, after: q4", "{before: q3, after: sure", "after: sure"),
    _wide("COND_003", "{min: 0, max: 10}\nscores", "{min: 0, max: 100, by: 10}\nscores",
          "before: sure", "same scale"),
    _wide("COND_004", "{id: never, value: 0,", "{id: never,", "{answer: q1, at_least",
          "Give each option a value"),
    _wide("COND_004", "{answer: q1, at_least: 2}", "{answer: who, at_least: 2}", "answer: who"),
    _wide("COND_005", "{answer: q1, at_least: 2}", "{answer: signs, is: swaet}", "swaet",
          "Did you mean “sweat”?"),
    _wide("COND_005", "{score: total, is: high}", "{score: total, is: hihg}", "hihg",
          "Did you mean “high”?"),
    _wide("COND_006", "{score: total, at_least: 10}", "{score: totla, at_least: 10}", "totla",
          "Did you mean “total”?"),
    _wide("COND_006", "scores: [total]", "scores: [sum]", "scores: [sum]", "no score called"),
    _wide("SCORE_001", "signals:\n", "  - id: total\n    label: {en: a, es: b}\n    items: [q1]\n"
          "signals:\n", "- id: total\n    label: {en: a", "already a score"),
    _wide("SCORE_002", "items: [q1, q2, sleep]", "items: [q1, q2, slep]", "slep", "mean “sleep”?"),
    _wide("SCORE_002", "items: [q1, q2, sleep]", "items: [q1, q2, signs]", "signs]", "no number"),
    _wide("SCORE_002", "items: [q1, q2, sleep]", "items: [q1, q2, q1]", "q1]", "counted twice"),
    _wide("SCORE_002", "reverse: [q2]", "reverse: [q3]", "reverse", "not among the items"),
    _wide("SCORE_003", "to: 20", "to: 19", "bands:", "from 0 to 20"),
    _wide("SCORE_003", "from: 10", "from: 11", "id: high", "right after 9"),
    _wide("SCORE_004", "most: 1", "most: 3", "most: 3", "has to be answered"),
    _wide("SIGNAL_001", "reason: very_strong", "reason: harm", "reason: harm\n    tier: crisis",
          "used twice"),
    _wide("LATER_001", "- when: day\n    ask", "- when: dya\n    ask", "dya", "mean “day”?"),
    _wide("LATER_001", "- when: day\n    ask", "- when: since\n    ask", "when: since", "has been"),
    _wide("GIVEN_001", "- id: sure", "- id: line", "- id: line\n    label: {en: How", "already"),
    _wide("GIVEN_002", "opt: true\n", "", "given:", "opt: true"),
    _wide("VIEW_001", "keep_in_view: who", "keep_in_view: sure", "keep_in_view", "in words"),
    _wide("GATE_003", "id: q1\n    type: ask_choice", "id: q1\n    type: ask_choice\n    gate: true"
          "\n    own: true", "gate: true", "no own words"),
    _wide("TEXT_001", "plain: {en: \"Less.\", es: \"Menos.\"}", "plain: {en: Less.}", "Less.",
          "“es”"),
    _wide("TEXT_006", "Still {{ first }}", "Still {{ q2 }}", "Still {{ q2", "skipped"),
    _wide("TEXT_004", "I say: {{ line }}", "I say: {{ lin }}", "en: |\n          I say",
          "mean “line”?"),
    _wide("TEXT_007", "I say: {{ line }}", "<b>I say</b>: {{ line }}", "en: |\n          <b>",
          "plain"),
    _wide("TEXT_009", "en: My line", "en: '{{ who }}'", "'{{ who", "only in a text:"),
    _wide("TARGET_001", "  - id: q1\n", "  - id: q1\n    target: sad\n", "target: sad",
          "no target called"),
    _wide("TARGET_002", "\nscores:\n",
          "\ntargets:\n  - {id: sad, label: {en: a, es: b}}\nscores:\n", "{id: sad",
          "leads to no question"),
    _wide("TEXT_011", "plain: {en: \"Done, {{ who }}.\"", "plain: {en: \"Done.\"",
          "plain: {en: \"Done", "quote the same answers"),
    _wide("TEXT_010", "plain: {en: \"Done, {{ who }}.\"", "plain: {en: \"You did it, {{ who }}.\"",
          "plain: {en: \"You", "the same"),
    _wide("TEXT_010",
          "    text: {en: \"You did it, {{ who }}.\", es: \"Lo hiciste, {{ who }}.\"}\n", "",
          "plain: {en: \"Done", "no text:"),
    _wide("SIZE_001", "label: {en: Copy,", "label: {en: Copy all of these words to my phone,",
          "en: Copy all", "a button shows"),
    _wide("SIZE_001", "en: Sweating", "en: Sweating more than I ever thought I could",
          "Sweating more"),
    _wide("SIZE_002", "{id: heart", "".join(f"{{id: o{n}, label: {{en: a, es: a}}}}\n      - "
          for n in range(12)) + "{id: heart", "id: signs", "More than 14"),
    _wide("SIZE_002", "suggest: [6,", f"suggest: [{', '.join(map(str, range(12)))},", "suggest: [0",
          "At most 12"),
    _wide("SIZE_003", "Soon over.", LONG, LONG, "1201 characters"),
    _wide("SIZE_004", "seconds: 120", "seconds: 1200", "minutes: 5", "at least 22"),
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
    assert broken.base.count(broken.old) >= 1
    text = _mend_loop(broken.base.replace(broken.old, broken.new, 1))
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
    (tmp_path / "wide.yaml").write_text(WIDE, encoding="utf-8")
    assert read_library(tmp_path).problems == ()


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    """Bytes that are no text are the author's problem, not a crash."""
    (tmp_path / "latin.yaml").write_bytes(SMALL.encode("latin-1", "replace"))
    assert [each.code for each in read_library(tmp_path).problems] == ["YAML_001"]


def test_every_code_is_covered() -> None:
    """No fault can be told that this table (or the library's tests) does not know."""
    folder = Path(bot.catalog.__file__).parent
    sources = [
        *(folder / f"{name}.py" for name in ("load", "placing", "shape")),
        *(
            each
            for each in (folder / "check").glob("*.py")
            if not each.stem.startswith(("tone", "wording", "workshops"))
        ),
    ]
    written = {
        code
        for source in sources
        for code in re.findall(r'"([A-Z]+_\d{3})"', source.read_text(encoding="utf-8"))
    }
    assert written == {each.code for each in TABLE} | {"LIB_001", "LIB_002", "LIB_003"}
