"""The lines to call: what their keeper hears about the file, and what a person is shown."""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.catalog.exercise import Exercise
from bot.catalog.helplines import Helplines, Kind
from bot.catalog.load import read_file
from bot.catalog.load_helplines import load_helplines
from bot.catalog.problem import Problem
from bot.catalog.steps import AskList, AskText, Finish
from bot.config import Settings
from bot.messages.summary import QUOTED

SHIPPED = Settings().exercises_dir / "support" / "helplines.yaml"
CHECKED = date(2026, 11, 23)
SMALL = """\
schema: 1
countries:
  US:
    emergency: {numbers: ["911"], source: a page, checked: 2026-11-23}
    lines:
      - id: us.poison
        name: {en: Poison, es: Venenos}
        kinds: [poison]
        ways: [{by: call, to: "1-800-222-1222"}]
        languages: [en, es]
        source: a page
        checked: 2026-11-23
      - id: us.english
        name: {en: English line, es: Línea en inglés}
        kinds: [crisis]
        ways: [{by: text, to: "741741", words: HOME}]
        languages: [en]
        source: another page
        checked: 2026-11-23
      - id: us.both
        name: {en: Both, es: Ambas}
        kinds: [crisis, suicide]
        ways:
          - {by: call, to: "988", languages: [en]}
          - {by: call, to: "988", then: {en: press 2, es: marca 2}, languages: [es]}
          - {by: chat, to: 988lifeline.org}
        languages: [en, es]
        source: a page
        checked: 2026-11-23
  NZ:
    emergency: {numbers: ["111"], source: a page, checked: 2026-11-23, verified: false}
    lines:
      - id: nz.line
        name: {en: New line, es: Línea nueva}
        kinds: [crisis]
        ways: [{by: call, to: "1737"}]
        languages: [en]
        source: a page
        checked: 2026-11-23
        verified: false
  AT: &eu
    emergency: {numbers: ["112", "133"], source: a page, checked: 2026-11-23}
  BE: *eu
  ZZ:
    emergency:
      words: {en: your local number, es: tu número local}
      source: our own words
      checked: 2026-11-23
    lines:
      - id: zz.directory
        name: {en: Directory, es: Directorio}
        kinds: [crisis, directory]
        ways: [{by: web, to: findahelpline.com}]
        languages: [en]
        source: a page
        checked: 2026-11-23
"""


class Broken(NamedTuple):
    """`old` replaced by `new` gives the problem `code` on the line that holds `at`."""

    code: str
    old: str
    new: str
    at: str
    says: str = ""
    warning: bool = False


TABLE = [
    Broken("HELP_001", "another page\n        checked: 2026-11-23",
           "another page\n        checked: 2026-05-26", "checked: 2026-05-26", "181 days ago"),
    Broken("HELP_001", '["112", "133"], source: a page, checked: 2026',
           '["112", "133"], source: a page, checked: 2025', '"133"', "Look it up"),
    Broken("HELP_002", "{en: Both, es: Ambas}", "{en: Both}", "{en: Both}", "“es”"),
    Broken("HELP_002", "{en: press 2, es: marca 2}", "{es: marca 2}", "{es: marca 2}", "“en”"),
    Broken("HELP_002", "es: tu número local", "es: ' '", "es: ' '", "“es”"),
    Broken("HELP_003", "  NZ:", "  XX:", "  XX:", "“XX” is no country code"),
    Broken("HELP_003", "  NZ:", "  UK:", "  UK:", "such as US or GB"),
    Broken("HELP_003", "  NZ:", "  nz:", "  nz:", "two capital letters"),
    Broken("HELP_003", "  NZ:", "  EU:", "  EU:"),
    Broken("HELP_004", '"1-800-222-1222"', '"1-800-CALL now"', "CALL now", "“1-800-CALL now”"),
    Broken("HELP_004", '"1-800-222-1222"', '"18002221222333444"', "18002221222333444"),
    Broken("HELP_004", '"1-800-222-1222"', '"1"', 'to: "1"', "look like a number"),
    Broken("HELP_004", "to: 988lifeline.org", "to: press here", "to: press", "an address"),
    Broken("HELP_004", '["911"]', '["nine"]', "nine", "emergency number"),
    Broken("HELP_004", '["911"]', '["1-800-222-1222"]', '["1-800', "emergency number"),
    Broken("HELP_005", "id: us.both", "id: us.poison", "id: us.poison\n        name: {en: Both",
           "already a line"),
    Broken("HELP_005", "id: nz.line", "id: us.both", "id: us.both\n        name: {en: New"),
    Broken("HELP_006", "another page", "another page\n        verified: false",
           "verified: false\n        checked", "nobody is shown", warning=True),
    Broken("HELP_007", "languages: [en]\n        source: another", "source: another",
           "id: us.english", "us.english", warning=True),
    Broken("HELP_008", "schema: 1", "schema: 2", "schema", "schema: 1"),
    Broken("HELP_008", "schema: 1", "schema: 1\nchecked: today", "checked: today", "not known"),
    Broken("HELP_008", "countries:", "contries:", "schema", "countries:"),
    Broken("HELP_008", SMALL, "- just\n- a list\n", "just"),
    Broken("HELP_008", SMALL, "", ""),
    Broken("HELP_008", "  BE: *eu", "  BE:", "  BE:", "emergency:"),
    Broken("HELP_008", "  BE: *eu", "  BE: {lines: 3}", "  BE:", "a list"),
    Broken("HELP_008", "  BE: *eu", "  BE: {lines: [3]}", "  BE:", "valid dictionary"),
    Broken("HELP_008", "  BE: *eu", "  BE: {line: []}", "  BE:"),
    Broken("HELP_008", "kinds: [poison]", "kinds: [poisson]", "poisson", "'poison'"),
    Broken("HELP_008", "kinds: [poison]", "kinds: []", "kinds: []", "at least 1"),
    Broken("HELP_008", "by: text", "by: sms", "sms", "'text'"),
    Broken("HELP_008", "words: HOME", "word: HOME", "word: HOME", "Did you mean “words”?"),
    Broken("HELP_008", '"741741"', "741741", "741741", "in quotes"),
    Broken("HELP_008", "        source: another page\n", "", "id: us.english", "“source”"),
    Broken("HELP_008", 'numbers: ["911"]', "numbers: []", "numbers: []", "numbers: or words:"),
    Broken("HELP_008", "id: us.poison", "id: Poison line", "Poison line"),
    Broken("HELP_009", "another page\n        checked: 2026", "another page\n        checked: 2062",
           "2062", "not come yet"),
    Broken("HELP_010", "  ZZ:", "  IT:", "countries:", "ZZ needs"),
    Broken("HELP_010", "[crisis, directory]", "[directory]", "  ZZ:", "crisis line"),
    Broken("HELP_010", "words: {en: your local number, es: tu número local}", 'numbers: ["112"]',
           "  ZZ:", "emergency words"),
    Broken("HELP_011", "kinds: [poison]", "kinds: [poison", "ways:", "Not readable"),
    Broken("HELP_011", "  BE: *eu", "  AT: *eu", "  AT: *eu", "twice"),
    Broken("HELP_011", "  BE: *eu", "  BE: *ue", "  BE: *ue", "alias"),
    Broken("HELP_011", "  BE: *eu", "  BE: " + "[" * 900, "schema", "nested too deeply"),
]  # fmt: skip


def _load(folder: Path, text: str, today: date = CHECKED) -> tuple[Helplines, tuple[Problem, ...]]:
    file = folder / "helplines.yaml"
    file.write_text(text, encoding="utf-8")
    return load_helplines(file, today)


@pytest.fixture
def small(tmp_path: Path) -> Helplines:
    """Three US lines, an unverified one in New Zealand, two countries with only 112, and ZZ."""
    return _load(tmp_path, SMALL)[0]


def _ids(lines: tuple[object, ...]) -> list[str]:
    return [str(getattr(line, "id", "")) for line in lines]


@pytest.mark.parametrize("broken", TABLE, ids=lambda each: f"{each.code} {each.new[:20]!r}")
def test_each_fault_is_told_with_its_code_and_line(broken: Broken, tmp_path: Path) -> None:
    """The problem names its code and the line where it stands; only a doubt is a warning."""
    assert broken.old in SMALL
    text = SMALL.replace(broken.old, broken.new, 1)
    line = text[: text.index(broken.at)].count("\n") + 1
    _, problems = _load(tmp_path, text)
    told = [each for each in problems if (each.code, each.line) == (broken.code, line)]
    assert len(told) == 1, [*map(str, problems)]
    assert broken.says in told[0].message
    assert told[0].warning is broken.warning
    assert str(told[0]).startswith(f"{tmp_path / 'helplines.yaml'}:{line} {broken.code} ")


def test_the_small_file_itself_has_only_its_two_unverified_numbers(tmp_path: Path) -> None:
    """All faults of the table come from their own change."""
    problems = _load(tmp_path, SMALL)[1]
    assert [(each.code, each.warning) for each in problems] == [("HELP_006", True)] * 2


@pytest.mark.parametrize(("days", "stale"), [(0, False), (180, False), (181, True)])
def test_a_number_keeps_for_180_days(days: int, stale: bool, tmp_path: Path) -> None:
    """On day 180 it is good, on day 181 it must be looked up again; it is still shown."""
    helplines, problems = _load(tmp_path, SMALL, CHECKED + timedelta(days=days))
    assert any(each.code == "HELP_001" for each in problems) is stale
    assert len(helplines.for_country("US").shown("en")) == 3


def test_what_countries_share_is_told_once(tmp_path: Path) -> None:
    """One stale entry behind a YAML alias is one thing to mend."""
    shared = '"133"], source: a page, checked: '
    text = SMALL.replace(f"{shared}2026", f"{shared}2025")
    stale = [each for each in _load(tmp_path, text)[1] if each.code == "HELP_001"]
    assert len(stale) == 1


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    """The other lines and numbers are shown, and later problems keep their own line numbers."""
    text = SMALL.replace('"1-800-222-1222"', '"?"').replace("{en: Both, es: Ambas}", "{en: Both}")
    helplines, problems = _load(tmp_path, text)
    assert _ids(helplines.for_country("US").shown("en")) == ["us.english", "us.both"]
    (missing,) = [each for each in problems if each.code == "HELP_002"]
    assert missing.line == text[: text.index("{en: Both}")].count("\n") + 1


@pytest.mark.parametrize("text", ["", "countries: [", "countries: {}"])
def test_nobody_is_left_without_a_sentence(text: str, tmp_path: Path) -> None:
    """Even with nothing readable in the file there is something to put behind "call"."""
    helplines, problems = _load(tmp_path, text)
    assert [each for each in problems if not each.warning]
    assert helplines.for_country("US").emergency_said("en") == "your local emergency number"
    assert helplines.for_country("US").emergency_said("es").startswith("número")


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path: Path) -> None:
    """The bot starts, and its keeper hears of it."""
    (_, (missing,)) = load_helplines(tmp_path / "nothing.yaml", CHECKED)
    (tmp_path / "latin.yaml").write_bytes(SMALL.encode("latin-1"))
    (_, (latin,)) = load_helplines(tmp_path / "latin.yaml", CHECKED)
    assert (missing.code, latin.code) == ("HELP_011", "HELP_011")
    assert "no such file" in missing.message
    assert "UTF-8" in latin.message


@pytest.mark.parametrize(
    ("code", "found", "emergency", "lines"),
    [
        ("US", "US", "911", ["us.both", "us.english", "us.poison"]),
        ("us", "US", "911", ["us.both", "us.english", "us.poison"]),
        ("BE", "BE", "112 / 133", ["zz.directory"]),
        ("NZ", "NZ", "tu número local", ["zz.directory"]),
        ("JP", "ZZ", "tu número local", ["zz.directory"]),
        ("ZZ", "ZZ", "tu número local", ["zz.directory"]),
        ("", "ZZ", "tu número local", ["zz.directory"]),
        (None, "ZZ", "tu número local", ["zz.directory"]),
    ],
)
def test_what_a_country_lacks_comes_from_elsewhere(
    code: str | None, found: str, emergency: str, lines: list[str], small: Helplines
) -> None:
    """Its own verified number and lines where there are some, those of ZZ where there are none."""
    country = small.for_country(code)
    assert (country.code, country.emergency_said("es")) == (found, emergency)
    assert _ids(country.shown("es")) == lines


@pytest.mark.parametrize(
    ("language", "kinds", "lines"),
    [
        ("en", (), ["us.english", "us.both", "us.poison"]),
        ("es", (), ["us.both", "us.english", "us.poison"]),
        ("fr", (), ["us.english", "us.both", "us.poison"]),
        ("es", (Kind.CRISIS,), ["us.both", "us.english"]),
        ("es", (Kind.POISON, Kind.SUICIDE), ["us.both", "us.poison"]),
        ("es", (Kind.VETERANS,), []),
    ],
)
def test_crisis_lines_first_then_those_in_the_persons_language(
    language: str, kinds: tuple[Kind, ...], lines: list[str], small: Helplines
) -> None:
    """Who is in danger sees a crisis line at the top, in their own language if there is one."""
    assert _ids(small.for_country("US").shown(language, kinds)) == lines


@pytest.mark.parametrize(
    ("language", "then"), [("en", [None, None]), ("es", ["marca 2", None]), ("fr", [None] * 3)]
)
def test_a_speaker_is_shown_their_own_way_in(
    language: str, then: list[str | None], small: Helplines
) -> None:
    """Spanish presses 2, English does not; a language the line lacks gets every way."""
    line = small.for_country("US").shown("es")[0]
    ways = line.ways_in(language)
    if language == "fr":
        assert ways == line.ways
    else:
        assert [(way.then or {}).get(language) for way in ways] == then


def test_the_shipped_file_has_no_errors() -> None:
    """As of the day it was checked: only doubts, each said."""
    problems = load_helplines(SHIPPED, CHECKED)[1]
    assert [str(each) for each in problems if not each.warning] == []
    assert {each.code for each in problems} == {"HELP_006", "HELP_007"}


def test_nobody_is_shown_an_unverified_number() -> None:
    """In every country and language, whatever kind is asked for."""
    helplines = load_helplines(SHIPPED, CHECKED)[0]
    hidden = {line.id for each in helplines.countries.values() for line in each.lines
              if not line.verified}  # fmt: skip
    assert hidden == {"us.rainn", "us.childhelp", "gb.shout", "nz.1737", "co.106", "pe.113"}
    for code in (*helplines.countries, "JP"):
        country = helplines.for_country(code)
        assert country.emergency is not None
        assert country.emergency.verified
        for language in ("en", "es"):
            for kinds in ((), *((kind,) for kind in Kind)):
                assert hidden.isdisjoint(_ids(country.shown(language, kinds)))
            assert country.shown(language)
            assert Kind.CRISIS in country.shown(language)[0].kinds


def test_spanish_in_the_united_states() -> None:
    """Press 2, or write AYUDA to 988."""
    line = load_helplines(SHIPPED, CHECKED)[0].for_country("US").shown("es")[0]
    ways = [(way.by, way.to, way.words, (way.then or {}).get("es")) for way in line.ways_in("es")]
    assert ways == [("call", "988", None, "marca 2"), ("text", "988", "AYUDA", None)]


def _plan() -> Exercise:
    file = Settings().exercises_dir / "safety" / "plan.yaml"
    exercise = read_file(file).exercise
    assert exercise is not None
    return exercise


def test_the_safety_plan_is_shown_whole() -> None:
    """Every part is on the card, and no answer is long enough to be cut there."""
    plan = _plan()
    (card,) = [step for step in plan.steps if isinstance(step, Finish)]
    assert card.shows == plan.questions
    for step in plan.steps:
        if isinstance(step, AskText):
            assert step.max_chars <= QUOTED
        if isinstance(step, AskList):
            assert step.max_items * (step.max_chars + len(", ")) - len(", ") <= QUOTED


def test_only_the_first_two_parts_of_the_safety_plan_are_asked_of_everybody() -> None:
    """All others can be left open."""
    steps = [_plan().step(name) for name in _plan().questions]
    asked = [step.id for step in steps if not getattr(step, "optional", False)]
    assert asked == ["signs", "alone"]
