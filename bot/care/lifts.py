"""What lifted somebody's mood, from what they wrote about small things they did (A1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from bot.care.entry import Entry

LEAST = 3
"""So many entries before anything is said about them."""


@dataclass(frozen=True, slots=True)
class Lifts:
    """`mean` is the average change of mood (0-10); `activity` is what lifted it most on average,
    in the person's own words, by `lift`; "" where nothing did. `enjoyed` and `proud` are what
    gave most pleasure and most sense of achievement."""

    many: int
    mean: float
    activity: str
    lift: float
    enjoyed: str
    proud: str


def lifts(entries: Iterable[Entry]) -> Lifts | None:
    """What some entries show together; None where there are too few."""
    rated = [(each, change) for each in entries if (change := _change(each)) is not None]
    if len(rated) < LEAST:
        return None
    best, lift = _best([(_named(each), change) for each, change in rated])
    enjoyed, _ = _best([(_named(each), each.number("pleasure")) for each, _ in rated])
    proud, _ = _best([(_named(each), each.number("mastery")) for each, _ in rated])
    mean = fmean(change for _, change in rated)
    return Lifts(len(rated), mean, best if lift > 0 else "", max(lift, 0), enjoyed, proud)


def _change(entry: Entry) -> float | None:
    before, after = entry.number("mood_before"), entry.number("mood_after")
    return None if before is None or after is None else after - before


def _named(entry: Entry) -> str:
    """What it was, written in the entry or brought from the plan."""
    return entry.text("activity_now") or next(iter(entry.several("activity")), "")


def _best(rated: list[tuple[str, float | None]]) -> tuple[str, float]:
    """The name with the highest mean, by its newest spelling; ("", 0) without any."""
    found: dict[str, list[float]] = defaultdict(list)
    spelt: dict[str, str] = {}
    for name, value in rated:
        if name and value is not None:
            found[name.casefold().strip()].append(value)
            spelt[name.casefold().strip()] = name
    if not found:
        return "", 0
    best = max(found, key=lambda each: fmean(found[each]))
    return spelt[best], fmean(found[best])
