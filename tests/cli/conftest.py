"""The terminal of a clinic, with an emulated Telegram behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground import Playground
from tests.cli.terminal import TOKEN, Terminal


@pytest.fixture
async def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Terminal]:
    """In an empty folder, with a token and nothing else."""
    playground = Playground(token=TOKEN)
    await playground.start()
    settings = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": playground.url}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    yield Terminal(tmp_path, playground.url, settings)
    await playground.stop()
