"""Neither the token nor anybody's words reach a log, whatever the level."""

import asyncio
import logging

import pytest

from bot.wiring import listen
from tests.journeys.conftest import Stage

pytestmark = pytest.mark.usefixtures("logging_as_before")


CANARY = "canary-7f3a my secret sorrow"


async def test_no_word_and_no_token_is_logged(
    stage: Stage, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A conversation with faults at level DEBUG leaves ids and codes only."""
    listen(stage.settings.model_copy(update={"log_level": "DEBUG"}))
    caplog.set_level(logging.DEBUG)
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("Situation")
    for kind in ("500_before", "502_after", "reset_after", "truncated"):
        await stage.fault(method="sendMessage", kind=kind, times=1)
    await stage.fault(method="getUpdates", kind="404", times=1)
    await maya.say(CANARY)
    await maya.reads("Feelings")
    await maya.say(f"/{CANARY}")
    await maya.send("voice")
    await asyncio.sleep(1)
    out, err = capfd.readouterr()
    written = out + err + caplog.text
    assert "canary" not in written
    assert "42:PLAYGROUND" not in written
    assert "bot42" not in written
