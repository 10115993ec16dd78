"""A terminal in an empty folder: commands typed there, in processes of their own or in this one."""

import asyncio
import os
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli.main import make_app

TOKEN = "42:PLAYGROUND"
APP = make_app()


def between(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in this folder, with these settings and none of ours."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def environment(settings: dict[str, str]) -> dict[str, str]:
    """What a process finds there: these settings, and of ours what it cannot do without."""
    names = ("PATH", "HOME", "LANG", "PYTHONPATH", "CACHE_DIR")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, **settings}


def typed(*words: str) -> Result:
    """The command in this process, which saves the second or two that one takes to begin."""
    return CliRunner().invoke(APP, list(words))


def set_up(folder: Path) -> None:
    """What `between init` makes."""
    with chdir(folder):
        made = typed("init")
    assert made.exit_code == 0, made.output


@dataclass(frozen=True, slots=True)
class Terminal:
    """The terminal of a clinic whose bot is known to an emulated Telegram; `settings` are those in
    its environment."""

    folder: Path
    telegram: str
    settings: dict[str, str]

    async def says(self, *words: str) -> str:
        """The answer to a command, or the sentence that refuses it."""
        ended = await self._typed(*words)
        return ended.stdout or str(ended.exception)

    async def does(self, *words: str) -> str:
        """The answer to a command that ends well."""
        ended = await self._typed(*words)
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    async def alone(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The command as a process of its own."""
        return await asyncio.to_thread(lambda: between(self.folder, *words, **self.settings))

    async def _typed(self, *words: str) -> Result:
        # In a thread: the emulator answers in this one, and the command waits for it.
        return await asyncio.to_thread(typed, *words)
