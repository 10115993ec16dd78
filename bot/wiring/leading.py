"""The work of an office: begun when it is won, ended when it is lost."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.store.offices import Office, Offices

Room = Callable[[], Coroutine[Any, Any, None]]


async def lead(
    offices: Offices,
    office: Office,
    rooms: dict[str, Room],
    end: Callable[[], Awaitable[object]] | None = None,
) -> None:
    """Runs these rooms, by name, whenever the office is ours, until cancelled.

    When it is lost, `end` lets the work in flight arrive first; it must take no new work.
    """
    while True:
        await offices.won(office)
        async with asyncio.TaskGroup() as group:
            working = [group.create_task(room(), name=name) for name, room in rooms.items()]
            await offices.lost(office)
            if end is not None:
                await end()
            for task in working:
                task.cancel()
