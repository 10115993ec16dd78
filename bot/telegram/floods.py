"""Who sends faster than anybody types or taps. Others must not wait for them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.telegram.rates import Bucket, Limit
from bot.usecases.incoming import Flood, Incoming

A_PERSON: Final = Limit(per_second=1, burst=60)
"""A minute of a tap a second, and a tap a second after that: more than a person in a hurry does,
while an exercise of taps alone still fits."""
_SWEEP_ABOVE: Final = 1024


class Floods:
    """The buckets of everybody who wrote lately. It has state because limits do; when the process
    begins anew, so does everybody."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._people: dict[int, Bucket] = {}
        self._flooding: set[int] = set()
        self._sweep_at = _SWEEP_ABOVE

    def marked(self, incoming: Incoming) -> Incoming:
        """The same, saying whether it is too much."""
        flood = self._of(incoming.sender.telegram_id, self._steady())
        return incoming if flood is Flood.NONE else replace(incoming, flood=flood)

    def _of(self, person: int, now: float) -> Flood:
        bucket = self._people.get(person)
        if bucket is None:
            self._sweep(now)
            bucket = self._people[person] = Bucket(A_PERSON)
        if not bucket.wait(now):
            bucket.take(now)
            self._flooding.discard(person)
            return Flood.NONE
        if person in self._flooding:
            return Flood.GOES_ON
        self._flooding.add(person)
        return Flood.BEGINS

    def _sweep(self, now: float) -> None:
        """An idle bucket equals a new one, so dropping it forgets nothing."""
        if len(self._people) < self._sweep_at:
            return
        self._people = {who: each for who, each in self._people.items() if not each.idle(now)}
        self._flooding &= self._people.keys()
        self._sweep_at = max(_SWEEP_ABOVE, 2 * len(self._people))
