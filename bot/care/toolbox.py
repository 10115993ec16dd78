"""What helped one person most: their own ratings before and after, counted honestly."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from bot.care.progress import Practice


@dataclass(frozen=True, slots=True)
class Tool:
    """One exercise in somebody's toolbox. `drop` is the mean fall of their rating in points of
    100 (negative: it rose) from `n` rated times, None while it was never rated; `done` counts all
    times."""

    exercise: str
    drop: int | None = None
    n: int = 0
    done: int = 0
    pinned: bool = False

    @property
    def helped(self) -> bool:
        """Whether it was lower afterwards, in the mean."""
        return self.drop is not None and self.drop >= 1


def toolbox(practices: Iterable[Practice], pinned: Iterable[str] = ()) -> tuple[Tool, ...]:
    """What somebody pinned, in their own order, then what helped, the most helpful first.

    The order counts every tool as if there had been one more time without any change: a single
    good time (60 points, once) stands below what helped often (40 points, ten times). The number
    that is shown is the plain mean.
    """
    falls: defaultdict[str, list[float]] = defaultdict(list)
    done: defaultdict[str, int] = defaultdict(int)
    for each in practices:
        done[each.exercise] += 1
        if each.shift is not None:
            falls[each.exercise].append(each.shift.percent)
    kept = tuple(dict.fromkeys(pinned))

    def tool(name: str) -> Tool:
        several = falls.get(name, [])
        drop = round(fmean(several)) if several else None
        return Tool(name, drop, len(several), done.get(name, 0), name in kept)

    others = [tool(name) for name in falls if name not in kept]
    helped = sorted(
        (each for each in others if each.helped),
        key=lambda each: (-sum(falls[each.exercise]) / (each.n + 1), -each.n, each.exercise),
    )
    return (*(tool(name) for name in kept), *helped)
