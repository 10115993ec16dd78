"""The bot as processes that can be killed, frozen and asked to stop."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.faults.places import ROOT

_STABLE = Path(__file__).with_name("stable.py")


class Running:
    """One process of the bot, by its number; `roles` are what it was started with."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.roles = ""
        self.code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def lives(self) -> bool:
        """Whether it has not ended yet."""
        return not self.code.done()

    def heeds(self, number: signal.Signals) -> bool:
        """Whether it has come so far that it handles this signal itself."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        (caught,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
        return bool(int(caught, 16) >> (number - 1) & 1)

    def send(self, number: signal.Signals) -> None:
        """A signal, unless it has ended."""
        if self.lives:
            with suppress(ProcessLookupError):  # it has, and we have not heard of it yet
                os.kill(self.pid, number)

    async def kill(self) -> None:
        """kill -9: no handler runs, nothing is flushed."""
        self.send(signal.SIGKILL)
        await self.ended()

    async def ended(self) -> int:
        """Its exit code, once it has ended; minus a signal that ended it."""
        return await asyncio.shield(self.code)


class Stable:
    """Starts processes of the bot; see `stable.py`."""

    def __init__(self, process: asyncio.subprocess.Process, environment: dict[str, str]) -> None:
        self._process = process
        self._environment = environment
        self._born: asyncio.Queue[Running] = asyncio.Queue()
        self._running: dict[int, Running] = {}

    async def start(self, roles: str = "", log: Path | None = None, **settings: str) -> Running:
        """One more `between run`, with what it logs in a file if there is one."""
        order = {
            "roles": roles,
            "environment": {**self._environment, **settings},
            "log": "" if log is None else str(log),
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        running = await self._born.get()
        running.roles = roles
        return running

    async def listen(self) -> None:
        """Hears what becomes of the processes, until the stable closes."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            if "born" in said:
                self._running[said["born"]] = running = Running(said["born"])
                self._born.put_nowait(running)
            elif "gone" in said:
                self._running.pop(said["gone"]).code.set_result(said["code"])


@asynccontextmanager
async def stable(environment: dict[str, str], root: Path = ROOT) -> AsyncIterator[Stable]:
    """A stable of the bot that lies in `root`; what still runs at the end is killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(_STABLE)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    if not await process.stdout.readline():
        raise RuntimeError(f"the bot in {root} cannot be imported")
    ours = Stable(process, environment)
    hearing = asyncio.ensure_future(ours.listen())
    try:
        yield ours
    finally:
        process.stdin.close()
        await process.wait()
        await hearing
