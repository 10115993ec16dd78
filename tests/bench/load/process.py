"""What a process used, as the kernel counts it, and what a database committed, as SQLite does."""

import ctypes
import os
import signal
import struct
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PR_SET_PDEATHSIG = 1
_PAGE = os.sysconf("SC_PAGE_SIZE")


def dies_with_us() -> None:
    """In a process about to begin: no bot outlives its bench, however that ends. Linux only."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def cpu(pid: int) -> float:
    """Seconds of CPU of one process so far, its threads together. Linux only."""
    stat = Path(f"/proc/{pid}/stat").read_text()
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory(pid: int) -> float:
    """MB that a process holds in RAM."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6


@dataclass(frozen=True, slots=True)
class Used:
    """CPU seconds of the bot and of the bench, and commits, up to some moment."""

    cpu: float
    own: float
    commits: int

    def __sub__(self, before: "Used") -> "Used":
        return Used(self.cpu - before.cpu, self.own - before.own, self.commits - before.commits)


def used(pid: int, database: Path | None) -> Used:
    """Up to now."""
    return Used(cpu(pid), cpu(os.getpid()), 0 if database is None else commits(database))


def commits(database: Path) -> int:
    """Write transactions since the database was opened: SQLite counts them in the header of its
    WAL index (`iChange`), for itself, so the bot need not count."""
    with Path(f"{database}-shm").open("rb") as index:
        return int(struct.unpack("=I", index.read(12)[8:])[0])
