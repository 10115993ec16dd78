"""The figures of one run, and how they are printed."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """One bot under one load. Times in seconds."""

    name: str
    chats: int
    seconds: float
    waits: tuple[float, ...]
    """From an update to the reply to it, sorted."""
    cpu: float
    own_cpu: float
    commits: int
    messages: int
    calls: int
    memory: float
    """MB at the end."""

    @property
    def updates(self) -> int:
        """How many were answered."""
        return len(self.waits)

    @property
    def a_second(self) -> float:
        """Updates answered in a second."""
        return self.updates / self.seconds

    @property
    def each(self) -> float:
        """Milliseconds of CPU of the bot's process for one update."""
        return 1000 * self.cpu / max(1, self.updates)

    def wait(self, part: float) -> float:
        """Milliseconds that this share of updates was answered within."""
        return 1000 * share(self.waits, part)


def share(times: Sequence[float], part: float) -> float:
    """The time that this part of sorted times is within."""
    return times[min(len(times) - 1, int(part * len(times)))] if times else float("nan")


HEAD = (
    f"{'':<32}{'chats':>6}{'updates/s':>11}{'ratio':>8}{'CPU ms':>8}{'p50 ms':>8}{'p95':>7}"
    f"{'p99':>7}{'calls':>7}{'commits/s':>11}{'msgs/commit':>13}{'RSS MB':>8}"
)


def row(run: Figures, against: Figures | None = None) -> str:
    """One line below `HEAD`; CPU and calls are for one update."""
    ratio = "" if against is None else f"{run.a_second / against.a_second:.2f}x"
    many = max(1, run.updates)
    commits = f"{run.commits / run.seconds:,.0f}" if run.commits else "-"
    shared = f"{run.messages / run.commits:.1f}" if run.commits else "-"
    return (
        f"{run.name:<32}{run.chats:>6}{run.a_second:>11,.0f}{ratio:>8}{run.each:>8.2f}"
        f"{run.wait(0.5):>8.1f}{run.wait(0.95):>7.1f}{run.wait(0.99):>7.1f}"
        f"{run.calls / many:>7.2f}{commits:>11}{shared:>13}{run.memory:>8.0f}"
    )
