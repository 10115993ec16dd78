"""A program that runs until somebody ends it."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable


async def until_told(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Runs something until SIGTERM or Ctrl-C; the second one ends it at once."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stopped.is_set():
            os._exit(1)
        stopped.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, stop)
    await run(stopped)
