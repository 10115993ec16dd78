"""A questionnaire from the clinic's own file to a therapist's phone: installed, sent, answered."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.catalog.load_measures import read_measures, stand_in
from bot.catalog.measure import Measure
from bot.config import Settings
from tests.cast import ZONE
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE
from tests.journeys.test_alerts import comes_in, says_hello

CHECKINS = ("08:00", "20:00")
"""Questionnaires come three hours after the first check-in."""


async def between(settings: Settings, *words: str) -> str:
    """What the `between` command prints for this programme, while the bot is running."""
    where = {
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "MASTER_KEY_FILE": str(settings.master_key_file),
        "BOT_TOKEN": settings.bot_token.get_secret_value(),
        "TELEGRAM_API_URL": settings.telegram_api_url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env={**os.environ, **where},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return printed.decode()


def _copy_of_phq9(settings: Settings, folder: Path) -> Path:
    """A file as a clinic would fill it in, with words of nobody's."""
    measure = read_measures(settings.measures_dir, settings.cache).find("phq9")
    assert isinstance(measure, Measure)
    lines = [
        f"{key},{language},{text}"
        for key, words in stand_in(measure).items()
        for language, text in words.items()
    ]
    file = folder / "stand-in.csv"
    file.write_text("\n".join(["item,language,text", *lines]), encoding="utf-8")
    return file


async def _comes_at_eleven(stage: Stage) -> None:
    """The next day from eleven on, minute by minute: a jump over the hour would be an outage."""
    now = datetime.now(UTC) + stage.playground.offset  # noqa: TID251 # what the laptop shows
    local = now.astimezone(ZoneInfo(ZONE))
    there = local.replace(hour=10, minute=58, second=0) + timedelta(days=1)
    await stage.pass_time(there.astimezone(UTC) - now)
    for _ in range(9):
        await _is_looked_at(stage)
        await stage.pass_time(timedelta(minutes=2))


async def _is_looked_at(stage: Stage) -> None:
    """Waits until the heart has looked at the time that it is now."""
    house = stage.house
    assert house is not None
    moved = house.clock()
    async with asyncio.timeout(PATIENCE):
        while house.heartbeat.last_beat is None or house.heartbeat.last_beat < moved:
            house.heartbeat.look()
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("acting", ["No", "Yes"])
async def test_phq9_from_its_words_to_an_alert(stage: Stage, tmp_path: Path, acting: str) -> None:
    """Without its words the doctor says how to get them and nothing is sent; installed while the
    bot runs, it comes on the next day, is scored, and item 9 brings help and a human."""
    maya, rivera = stage.maya, stage.rivera
    if acting == "Yes":  # asked once: each is a process that takes seconds
        told = await between(stage.settings, "doctor")
        assert "none installed; 13 wait for their wording" in told
        listed = await between(stage.settings, "measures", "list")
        assert "between measures install phq9 --text FILE.csv" in listed
    await comes_in(rivera)
    await says_hello(maya)
    file = _copy_of_phq9(stage.settings, tmp_path)
    words = ("measures", "install", "phq9", "--text", str(file), "--yes")
    assert "phq9 is installed, version 1." in await between(stage.settings, *words)
    if acting == "Yes":
        assert "questionnaires: phq9" in await between(stage.settings, "doctor")
    await _comes_at_eleven(stage)
    await maya.reads("q1 (en)")
    for number in range(1, 9):
        await maya.press("often.a0 (en)")
        await maya.reads(f"q{number + 1} (en)")
    await maya.press("often.a1 (en)")
    await maya.reads("Do you have any thoughts of acting on it")
    await rivera.reads("1 new item")
    await maya.press(acting)
    if acting == "Yes":
        await rivera.reads("needs you now")
        await maya.press("Keep going")
        await maya.reads("Then please do not wait")
        await maya.press("Go on")
    await maya.reads("q10 (en)")
    await maya.press("difficulty.a0 (en)")
    ended = await maya.reads("PHQ-9: 1 (0–27)")
    assert "not a diagnosis" in ended["text"]
