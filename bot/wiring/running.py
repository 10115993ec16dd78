"""A program that runs until somebody ends it, or until it says in one sentence why it cannot."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable

from bot.errors import BetweenError


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


def plain(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one sentence meant for whoever runs the bot, if there is one, instead of the group."""
    ours: BaseException | None = several.subgroup(BetweenError)
    while isinstance(ours, BaseExceptionGroup):
        ours = ours.exceptions[0]
    return ours or several
