"""What time it is on the laptop's Telegram: the real clock plus an offset that only grows."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

LONGEST_JUMP = timedelta(days=3660)


class Clock:
    """The real clock plus `offset`. It has state because a demo can jump to tomorrow."""

    def __init__(self) -> None:
        self.offset = timedelta(0)
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The simulated moment, aware, UTC."""
        return datetime.fromtimestamp(_real(), UTC) + self.offset

    def unix(self) -> int:
        """The simulated moment in whole seconds since 1970."""
        return int(_real() + self.offset.total_seconds())

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each jump."""
        self._listeners.append(listener)

    def advance(self, seconds: float) -> None:
        """Jump ahead by `seconds`; ValueError when that is negative or beyond ten years."""
        step = timedelta(seconds=seconds)
        if step < timedelta(0) or step > LONGEST_JUMP:
            raise ValueError("The clock only moves forward, and at most ten years at once.")
        self.offset += step
        for listener in self._listeners:
            listener()


def _real() -> float:
    return time.time()  # noqa: TID251 Telegram has a clock of its own, and this one plays it
