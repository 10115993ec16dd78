"""One finished or stopped entry, as the rules across several entries see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """`at` is when it ended (UTC), `day` the person's own date it is about, `answers` what was
    answered by step, as the engine keeps it."""

    at: datetime
    day: date
    answers: Mapping[str, object]

    def number(self, step: str) -> float | None:
        """The number answered to a step; None where there is none."""
        value = self.answers.get(step)
        return value if isinstance(value, int | float) else None

    def text(self, step: str) -> str:
        """The words or the choice answered to a step; "" where there are none."""
        value = self.answers.get(step)
        return value if isinstance(value, str) else ""

    def several(self, step: str) -> tuple[str, ...]:
        """What was chosen of many."""
        value = self.answers.get(step)
        return value if isinstance(value, tuple) else ()
