"""What shall go wrong next, in the order in which it was ordered."""

import random
from dataclasses import dataclass
from typing import Any

BEFORE = ("429", "500_before", "reset_before", "404", "409")
AFTER = ("502_after", "hang_after", "reset_after", "truncated", "delay")
BATCH = ("duplicate_updates", "reorder_updates")
KINDS = (*BEFORE, *AFTER, *BATCH)


@dataclass(slots=True)
class Fault:
    """`times` is how often it still happens; `seconds` belongs to delay and hang_after."""

    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    probability: float = 1.0
    seconds: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The fault as the page and the tests read it."""
        return {name: getattr(self, name) for name in self.__slots__}

    def fits(self, method: str, kinds: tuple[str, ...]) -> bool:
        """Whether it may happen to a call of `method`."""
        named = self.method in ("*", method) or self.kind in BATCH
        return named and self.kind in kinds


class Faults:
    """The queue of faults. State: each is used up."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []
        self.random = random.Random(0)  # noqa: S311 chance for faults, no secret

    def add(
        self,
        method: str = "*",
        kind: str = "429",
        times: int = 1,
        *,
        retry_after: int = 1,
        probability: float | None = None,
        seconds: float | None = None,
    ) -> Fault:
        """Order a fault; ValueError when `kind` or a number makes no sense."""
        if kind not in KINDS:
            raise ValueError(f"Unknown kind of fault: {kind}. Known: {', '.join(KINDS)}.")
        chance = 1.0 if probability is None else float(probability)
        if times < 1 or not 0 < chance <= 1 or retry_after < 0 or (seconds or 0) < 0:
            raise ValueError("times starts at 1, probability is in (0, 1], seconds are positive.")
        fault = Fault(method, kind, times, retry_after, chance, seconds)
        self._queue.append(fault)
        return fault

    def take(self, method: str) -> Fault | None:
        """The fault that happens to this call of `method`, if any."""
        return self._take(method, (*BEFORE, *AFTER)) if self._queue else None

    def spoil(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A batch of updates, repeated or turned round when that was ordered."""
        if not self._queue or not batch:
            return batch
        if self._take("getUpdates", ("duplicate_updates",)):
            batch = [*batch, *batch]
        if len(batch) > 1 and self._take("getUpdates", ("reorder_updates",)):
            batch = batch[::-1]
        return batch

    def list(self) -> list[dict[str, Any]]:
        """What is still to come."""
        return [fault.as_json() for fault in self._queue]

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._queue.clear()

    def _take(self, method: str, kinds: tuple[str, ...]) -> Fault | None:
        for fault in self._queue:
            if fault.fits(method, kinds) and self.random.random() < fault.probability:
                fault.times -= 1
                if not fault.times:
                    self._queue.remove(fault)
                return fault
        return None
