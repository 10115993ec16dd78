"""What must be done by one process at a time, and who may do it."""

import asyncio
from enum import StrEnum
from typing import Protocol


class Office(StrEnum):
    """Held by one process at a time: receiving from Telegram, the clock, sending."""

    POLL = "poll"
    CLOCK = "clock"
    SENDER = "sender"


class Offices(Protocol):
    """Which offices this process holds at the moment."""

    def holds(self, office: Office) -> bool:
        """Whether it is ours now."""

    async def won(self, office: Office) -> None:
        """Waits until it is ours."""

    async def lost(self, office: Office) -> None:
        """Waits until it is not ours any more."""

    async def run(self) -> None:
        """Stands for election until cancelled."""


class Alone:
    """On SQLite one process is all there is; the lock on its folder is its election."""

    def holds(self, _: Office) -> bool:
        """Always."""
        return True

    async def won(self, _: Office) -> None:
        """At once."""

    async def lost(self, _: Office) -> None:
        """Never."""
        await asyncio.Event().wait()

    async def run(self) -> None:
        """Nothing to stand for."""
