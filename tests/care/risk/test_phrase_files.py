"""Problems of phrase files, each with its code, file and line."""

from pathlib import Path

import pytest

from bot.care.risk import Tier, screen
from bot.catalog.load_risk import NET, load_risk

SWAPS = [
    ("language: en", "language: en\nlanguage: es", "RISK_002", "language: es", "stands twice"),
    ("words:", "words: [", "RISK_002", "", "Not readable as YAML"),
    ("    tier: concern", "    tier: severe", "RISK_003", "tier: severe", "one of: 'none'"),
    ("    category: suicide\n    tier: con", "    tier: con", "RISK_003", "id: passive", "missing"),
    ("    narrated:", "    narated:", "RISK_003", "narated:", "Did you mean “narrated”?"),
    ("[tried to drown]", "[tried (to drown]", "RISK_004", "[tried (to", "without its “)”"),
    ("[tried to drown]", "[<sink>]", "RISK_004", "[<sink>]", "no word class <sink>"),
    ("[tried to drown]", "[(tried)? (drown)?]", "RISK_004", "[(tried)?", "a word that must"),
    (
        "where: message, say: [lol]",
        "where: message, say: [(lol)?]",
        "RISK_004",
        "[(lol)?]",
        "must be",
    ),
    ("[die, be dead]", "[die, be dead)]", "RISK_004", "be dead)", "without its “(”"),
    ("id: passive", "id: wish", "RISK_005", "", "“wish” is already used"),
    ("farewell + soon|passive", "farewell + sun", "RISK_007", "farewell + sun", "family “sun”"),
    ("farewell + soon|passive", "farewell", "RISK_007", "of: [farewell]", "only one sign"),
    ("[farewell, so long]", '["(so", long]', "RISK_004", "(so", "without its “)”"),
    ("[farewell, so long]", "[farewell, so?]", "RISK_004", "so?", "the whole word optional"),
]


def _problems(folder: Path) -> tuple[str, ...]:
    return tuple(str(problem) for problem in load_risk(folder)[1])


@pytest.mark.parametrize(("old", "new", "code", "at", "said"), SWAPS)
def test_a_mistake_is_told_with_its_place(
    folder: Path, old: str, new: str, code: str, at: str, said: str
) -> None:
    """One line per problem, `file:line CODE sentence`, the line being the one to mend."""
    file = folder / "en.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    first = _problems(folder)[0]
    place, _, sentence = first.partition(f" {code} ")
    name, _, line = place.rpartition(":")
    assert (name, said in sentence) == (str(file), True), first
    assert at in file.read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_all_problems_are_told_at_once(folder: Path) -> None:
    """Who mends a file sees everything there is to mend."""
    file = folder / "en.yaml"
    text = file.read_text(encoding="utf-8").replace("[tried to drown]", '["(", "<x>"]')
    file.write_text(text, encoding="utf-8")
    assert len(_problems(folder)) == 2


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """Without phrases the screen must not seem to work."""
    assert _problems(tmp_path) == (f"{tmp_path}:1 RISK_001 No phrase files here.",)


def test_a_file_without_families_is_a_problem(folder: Path) -> None:
    """A file that is only half there must not seem to work either."""
    file = folder / "en.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("families:")], encoding="utf-8")
    (problem,) = _problems(folder)
    assert problem.startswith(f"{file}:1 RISK_006 ")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"language: \x00en"])
def test_a_file_that_is_no_text_is_a_problem(folder: Path, content: bytes) -> None:
    """Bytes that are no UTF-8, or signs that no text has, are told like any other mistake."""
    (folder / "en.yaml").write_bytes(content)
    (problem,) = _problems(folder)
    assert problem.startswith(f"{folder / 'en.yaml'}:1 RISK_002 ")


def test_a_broken_phrase_costs_only_itself(folder: Path) -> None:
    """What can be read is still found, so that a slip of the pen blinds nobody."""
    file = folder / "en.yaml"
    text = file.read_text(encoding="utf-8").replace("[tried to drown]", '["("]')
    file.write_text(text, encoding="utf-8")
    rules, problems = load_risk(folder)
    assert len(problems) == 1
    assert screen("i want to die", rules).tier is Tier.CRISIS


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("dusk\t60\t0", "dusk\t60", 3, "a group, a tab"),
        ("dusk\t60\t0", "dusk\t60\tmany", 3, "a group, a tab"),
        ("bleak\t", "dusk\t", 5, "“dusk” stands here twice"),
        ("long shadow", "a long shadow", 6, "“a long shadow” is more than two words"),
        ("=\t50\t120\n", "", 1, "No line begins with “=”"),
    ],
)
def test_a_mistake_in_the_net_is_told_with_its_line(
    folder: Path, old: str, new: str, line: int, said: str
) -> None:
    """The net is checked as the phrases are, and a broken one costs only itself."""
    file = folder / NET
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    rules, (problem,) = load_risk(folder)
    assert str(problem).startswith(f"{file}:{line} RISK_008 ")
    assert said in str(problem)
    assert screen("i want to die", rules).tier is Tier.CRISIS
