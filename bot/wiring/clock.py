"""The wall clock, read here and nowhere else; and which start of this machine it is."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from zlib import crc32

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass
class Clock:
    """The wall clock, moved by `offset`: in the playground a day can pass in a second."""

    offset: Callable[[], timedelta] = field(default=lambda: timedelta(0))

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC) + self.offset()  # noqa: TID251 # the one place that may

    def steady(self) -> float:
        """Seconds of a clock that only goes forward; where time is played, it is played too."""
        return monotonic() + self.offset().total_seconds()


def this_boot() -> int:
    """A number for this start of this machine, as far as the machine says which it is."""
    name = _BOOT.read_text("ascii") if _BOOT.exists() else socket.gethostname()
    return crc32(name.encode()) >> 1 | 2  # fits the column, and is never 1
