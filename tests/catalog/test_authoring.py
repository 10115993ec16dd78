"""The authoring guide: whatever it shows can be written like that."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML
from typer.testing import CliRunner

from bot.catalog.condition import Condition
from bot.catalog.exercise import Exercise, Need, Topic
from bot.catalog.load import read_file
from bot.catalog.load_tracks import check_tracks
from bot.catalog.shape import STEP_TYPES
from bot.catalog.steps import AnyStep, Handy
from bot.catalog.tracks import Overlay
from bot.catalog.tracks.overlay import AddedGate, Reworded
from bot.cli.main import make_app
from bot.config import Settings
from tests import step_pictures
from tests.catalog.shelf import SHIPPED

app = make_app()

RUNNER = CliRunner()
GUIDE = (Settings().exercises_dir / "AUTHORING.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"^```yaml\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


def _all() -> list[Any]:
    return [YAML(typ="safe", pure=True).load(block) for block in BLOCKS]


def _read() -> list[Any]:
    """What is about exercises; the overlay is looked at by itself."""
    return [block for block in _all() if not isinstance(block, dict) or "track" not in block]


def _steps() -> list[dict[str, Any]]:
    lists = [block for block in _read() if isinstance(block, list)]
    return [each for block in lists for each in block if "type" in each]


def test_the_file_to_copy_has_no_problems(tmp_path: Path) -> None:
    """Who copies it begins with something that works."""
    file = tmp_path / "copied.yaml"
    file.write_text(next(block for block in BLOCKS if "schema: 1" in block), encoding="utf-8")
    assert [str(problem) for problem in read_file(file).problems] == []


@pytest.mark.parametrize(
    ("language", "ending"), [("en", "You looked at it calmly."), ("es", "Lo miraste con calma.")]
)
def test_a_first_exercise_written_from_the_guide_is_played(
    tmp_path: Path, language: str, ending: str
) -> None:
    """The file to copy under a name of one's own, with words of one's own: check, then play."""
    copied = next(block for block in BLOCKS if "schema: 1" in block)
    file = tmp_path / "calm.yaml"
    file.write_text(copied.replace("er.example", "er.calm").replace("An example", "Calm"))
    check = RUNNER.invoke(app, ["exercises", "check", str(file)])
    assert check.exit_code == 0
    assert check.output == "1 exercise read, nothing to mend.\n"
    play = RUNNER.invoke(
        app, ["exercises", "play", str(file), "--lang", language], input="8\nThe bus was late.\n4\n"
    )
    assert play.exit_code == 0
    assert ending in play.output
    assert "8 → 4" in play.output


def test_the_pictures_show_what_the_bot_says() -> None:
    """One for each kind of step, and none is out of date (mend: python -m tests.step_pictures)."""
    drawn = step_pictures.pictures()
    assert drawn.keys() == STEP_TYPES.keys()
    for name, picture in drawn.items():
        assert (step_pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8") == picture
        assert f"(../docs/pictures/steps/{name}.svg)" in GUIDE


def test_every_step_type_is_shown() -> None:
    """And each of them as it may be written."""
    step: TypeAdapter[Any] = TypeAdapter(AnyStep)
    assert {each["type"] for each in _steps()} == set(STEP_TYPES)
    for each in _steps():
        step.validate_python(each)


def test_every_form_of_a_condition_is_shown() -> None:
    """A branch cannot be written in a way the guide does not know."""
    condition: TypeAdapter[Any] = TypeAdapter(Condition)
    (shown,) = [
        block
        for block in _read()
        if isinstance(block, list) and not any("type" in e for e in block)
    ]
    for each in shown:
        condition.validate_python(each)
    assert {key for each in shown for key in each} >= {"answer", "score", "change", "all", "any"}


def test_the_steps_and_fields_shown_make_an_exercise() -> None:
    """Everything the guide shows, put together, is an exercise in shape."""
    first, *fields = [block for block in _read() if isinstance(block, dict)]
    whole = {key: value for block in (first, *fields) for key, value in block.items()}
    exercise = Exercise.model_validate({**whole, "steps": _steps()})
    assert exercise.scores
    assert exercise.signals
    assert exercise.later
    assert exercise.given


def test_every_field_and_word_is_named() -> None:
    """Nothing an author may write has to be found by reading code."""
    for name in (field.alias or name for name, field in Exercise.model_fields.items()):
        assert f"{name}:" in GUIDE, name
    for model in STEP_TYPES.values():
        for name in (field.alias or name for name, field in model.model_fields.items()):
            assert name in GUIDE, name
    for word in (*Need, *Handy, *Topic):
        assert word in GUIDE, word


def test_the_overlay_to_copy_has_no_problems(tmp_path: Path) -> None:
    """Who copies it into a track of their own begins with something that works."""
    (text,) = [block for block in BLOCKS if "\ntrack: " in block]
    folder = tmp_path / "exercises" / "tracks"
    folder.mkdir(parents=True)
    (folder / "shopping.yaml").write_text(text, encoding="utf-8")
    ground = Settings().exercises_dir / "tracks" / "addiction.yaml"
    (folder / "addiction.yaml").write_text(ground.read_text("utf-8"), encoding="utf-8")
    assert [str(each) for each in check_tracks(folder, SHIPPED.exercises)] == []


def test_every_field_of_an_overlay_is_named() -> None:
    """Nor has anything of a track to be found by reading code."""
    for model in (Overlay, Reworded, AddedGate):
        for name in (field.alias or name for name, field in model.model_fields.items()):
            assert f"{name}:" in GUIDE or f"`{name}`" in GUIDE, name
