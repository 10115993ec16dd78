"""A process of its own for drawing: a picture that goes wrong takes nothing else down with it.

The process reads one `Chart` (or `{"qr": text}`) as JSON per line and answers with its length
(four bytes, big endian) and the PNG. It ends by itself when this process is gone, because its
input ends then.
"""

import asyncio
import contextlib
import json
import struct
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any

LENGTH = struct.Struct(">I")


class DrawingError(RuntimeError):
    """The drawing process gave no picture."""


class Drawing:
    """One drawing process, started with the first picture and again if it died."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    async def draw(self, picture: dict[str, Any]) -> bytes:
        """The PNG of a `Chart` or a QR code, as JSON. Raises DrawingError when there is none.

        Whoever stops waiting does not stop the drawing: its answer must be read before the next
        one, or somebody would get a picture that is not theirs.
        """
        line = json.dumps(picture, ensure_ascii=True).encode() + b"\n"
        drawn = asyncio.ensure_future(self._in_turn(line))
        drawn.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(drawn)

    async def _in_turn(self, line: bytes) -> bytes:
        async with self._turn:
            try:
                return await self._asked(line)
            except (OSError, asyncio.IncompleteReadError):
                await self.stop()
                raise DrawingError("the drawing process ended") from None

    async def _asked(self, line: bytes) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.reports.draw", stdin=PIPE, stdout=PIPE
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return await process.stdout.readexactly(length)

    async def stop(self) -> None:
        """Ends the drawing process."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
