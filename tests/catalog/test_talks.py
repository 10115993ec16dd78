"""The talks partners practise: those we ship, and what is said about broken files."""

import shutil
from pathlib import Path

import pytest

from bot.care.pairing.notes import unfit
from bot.care.rehearsal import gentler
from bot.catalog.load_talks import load_talks, unknown_exercises
from bot.catalog.talks import Suits
from bot.config import Settings

SHIPPED = Settings().scenes_dir


def test_what_we_ship() -> None:
    """Four talks, each with a variant for every age and for families that decide together; no line
    is one that a person could not send, and no card says "you should"."""
    talks, problems = load_talks(SHIPPED)
    assert problems == ()
    assert [each.id for each in talks.talks] == ["boundary", "refuse", "repair", "request"]
    for talk in talks.talks:
        assert {each.suits for each in talk.variants} == set(Suits)
        lines = [*talk.stuck, *(line for each in talk.variants for line in each.lines)]
        for said in (words for line in lines for words in line.values()):
            assert unfit(said) is None
        for point in (*talk.worked, *talk.to_try):
            assert [gentler(words) for words in point.text.values()] == [None, None]


def test_kept_for_the_next_start(tmp_path: Path) -> None:
    """What was read once is the same when it comes from the cache; a change is seen."""
    folder, cache = tmp_path / "scenes", tmp_path / "cache"
    shutil.copytree(SHIPPED, folder)
    first, _ = load_talks(folder, cache)
    assert load_talks(folder, cache) == (first, ())
    assert (cache / "scenes.json").is_file()
    file = folder / "refuse.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Saying no", "A no"), encoding="utf-8")
    changed, _ = load_talks(folder, cache)
    talk = changed.find("refuse")
    assert talk is not None
    assert talk.title["en"] == "A no"
    before = first.find("refuse")
    assert before is not None
    assert talk.revision != before.revision


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("id: refuse", "id: Refuse", "TALK_001", 5),
        ("solo: rp.refuse", "solos: rp.refuse", "TALK_001", 6),
        ("  - id: chat", "  - id: friend", "TALK_002", 35),
        (", es: Dices que no}", "}", "TALK_003", 8),
        ("es: Alguien de antes}", f"es: {'x' * 61}}}", "TALK_004", 26),
        ("suits: older", "suits: adult", "TALK_005", 23),
        ("schema: 1", "schema: 2", "TALK_001", 1),
    ],
)
def test_what_is_wrong(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    """A mistake is named with its line, and costs only its own talk."""
    folder = tmp_path / "scenes"
    shutil.copytree(SHIPPED, folder)
    file = folder / "refuse.yaml"
    written = file.read_text(encoding="utf-8")
    assert old in written
    file.write_text(written.replace(old, new, 1), encoding="utf-8")
    talks, problems = load_talks(folder)
    assert (code, line) in {(each.code, each.line) for each in problems}
    assert {each.file for each in problems} == {str(file)}
    assert "refuse" not in {each.id for each in talks.talks}
    assert len(talks.talks) == 3


def test_exercises_that_are_not_there() -> None:
    """A talk that offers an exercise nobody has is named."""
    talks, _ = load_talks(SHIPPED)
    names = {name for talk in talks.talks for name in (talk.solo, *talk.after)}
    assert unknown_exercises(talks, SHIPPED, names) == ()
    (problem,) = unknown_exercises(talks, SHIPPED, names - {"rp.refuse"})
    assert "rp.refuse" in problem.message
