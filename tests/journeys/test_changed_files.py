"""Files that change while the bot is down: one is broken, one says something else."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import make_app
from bot.config import TOP
from bot.messages.callback import for_menu
from bot.store import revisions
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone

app = make_app()

GROUND = "mindfulness/ground54321.yaml"


@pytest.fixture
async def files(stage: Stage, tmp_path: Path) -> Path:
    """Exercises of the clinic's own, on which the bot runs."""
    root = tmp_path / "exercises"
    shutil.copytree(TOP / "exercises", root)
    await stage.drop_curtain()
    stage.settings = stage.settings.model_copy(update={"exercises_folder": root})
    await stage.raise_curtain()
    return root


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def _restart(stage: Stage) -> None:
    """As in another process: nothing is remembered but what lies in the database."""
    await stage.drop_curtain()
    revisions._recalled.clear()
    await stage.raise_curtain()


async def _begins(phone: Phone, exercise: str) -> None:
    """By the button that begins it, wherever the menu shows it these days."""
    await phone.say("/start")
    message = await phone.reads("")
    button = {"message_id": message["message_id"], "data": for_menu("begin", exercise)}
    await phone.tap(button, force=True)


async def test_a_broken_file_costs_only_itself(stage: Stage, files: Path) -> None:
    """The bot starts; the exercise is not offered, and whoever is in the middle of it finishes."""
    maya, leo = stage.maya, stage.leo
    await _begins(maya, "mind.ground54321")
    question = await maya.reads("1/")
    _change(files / GROUND, "type: finish", "type: finnish")
    await _restart(stage)
    await maya.press("0")
    after = await maya.reads("2/")
    assert after["text"] != question["text"]
    await leo.say("/start")
    await leo.reads("unos minutos")
    labels = [b["text"] for m in await leo.messages() for r in m.get("buttons") or () for b in r]
    assert labels
    assert not any("Cinco sentidos" in label for label in labels)
    house = stage.house
    assert house is not None
    assert house.kit.library.find("mind.ground54321") is None
    assert house.kit.library.find("cbt.thought7") is not None


async def test_who_is_in_a_changed_exercise_finishes_the_one_they_began(
    stage: Stage, files: Path
) -> None:
    """The next one is the new one."""
    maya = stage.maya
    file = files / "cbt/thought5.yaml"
    hello = "Which feelings came up? Pick up to four, or type your own words."
    await _begins(maya, "cbt.thought5")
    await maya.reads("What happened?")
    _change(file, hello, "The new words about feelings.")
    await _restart(stage)
    await maya.say("Tuesday, in the kitchen.")
    await maya.reads(hello)
    await maya.say("/stop")
    await maya.reads("Stopped.")
    await _begins(maya, "cbt.thought5")
    await maya.reads("What happened?")
    await maya.say("Wednesday, on the bus.")
    await maya.reads("The new words about feelings.")


def test_the_doctor_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its line, and what to do; one of a workshop too."""
    root = tmp_path / "exercises"
    shutil.copytree(TOP / "exercises", root)
    _change(root / GROUND, "type: finish", "type: finnish")
    _change(root / "workshops" / "sleep.yaml", "id: ws.sleep", "id: Sleep")
    monkeypatch.setenv("EXERCISES_FOLDER", str(root))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    found = CliRunner().invoke(app, ["doctor"]).output
    assert "exercise left out: exercises/mindfulness/ground54321.yaml:" in found
    assert "→ Mend the file; the others work." in found
    assert "support file: exercises/workshops/sleep.yaml:" in found
