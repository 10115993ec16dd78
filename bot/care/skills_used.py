"""Which skills somebody used in a week, and which went along with help (clinical notes, A8)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.care.entry import Entry

HELPED = {"yes": 2, "some": 1}
"""The answers to "Did it help?" that count, and how much."""


@dataclass(frozen=True, slots=True)
class SkillsUsed:
    """`uses` counts every skill of every day; `best` is the one that was there most when it
    helped (its id in the diary), "" where nothing did."""

    days: int
    uses: int
    best: str


def skills_used(entries: Iterable[Entry]) -> SkillsUsed:
    """What some diary entries say about skills."""
    days, uses, helped = 0, 0, Counter[str]()
    for each in entries:
        used = [skill for skill in each.several("skills") if skill != "none"]
        days, uses = days + bool(used), uses + len(used)
        helped.update(dict.fromkeys(used, HELPED.get(each.text("helped"), 0)))
    best = max(helped, key=lambda skill: helped[skill], default="")
    return SkillsUsed(days, uses, best if helped[best] else "")
