"""Which claimed parcels wait here for their turn, who is being served, and who has to rest."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from bot.store.outbox import Kind, Parcel
from bot.telegram.delivery import LATEST
from bot.telegram.rates import Rates

HOLD: Final = 5.0  # a wait longer than this is waited out in the outbox
_LONGEST: Final = LATEST / 2  # after which a held parcel goes back, with lease to spare


@dataclass(order=True, slots=True)
class Held:
    """A claimed parcel; the order of the fields is the order of sending."""

    kind: Kind
    id: int
    since: float = field(compare=False)
    parcel: Parcel = field(compare=False)


class Waiting:
    """One person at a time has at most one parcel here or in flight.

    A person whose chat must be left alone stays busy, so that none of theirs is even claimed and
    nobody else waits behind them.
    """

    def __init__(self, rates: Rates, flight: int) -> None:
        self._rates = rates
        self._flight = flight
        self._patient_most = flight * 3 // 4  # the rest is kept for replies and alerts
        self._patient_flying = 0
        self._held: list[Held] = []
        self._resting: list[tuple[float, UUID]] = []
        self.flying = 0
        self.busy: set[UUID] = set()

    def __len__(self) -> int:
        return len(self._held)

    def hold(self, parcels: Iterable[Parcel], now: float) -> None:
        """Take in what was just claimed."""
        for parcel in parcels:
            self.busy.add(parcel.person)
            heapq.heappush(self._held, Held(parcel.kind, parcel.id, now, parcel))

    def room(self) -> int:
        """How many more may be claimed."""
        return max(0, self._flight - self.flying - len(self._held))

    def ready(self, now: float) -> tuple[list[Held], list[tuple[Parcel, float]]]:
        """What goes now, strictly by class and age, and what goes back with its wait."""
        go: list[Held] = []
        back: list[tuple[Parcel, float]] = []
        kept: list[Held] = []
        while self._held:
            held = heapq.heappop(self._held)
            parcel = held.parcel
            wait = self._rates.when(parcel.chat_id, parcel.kind, now)
            if wait > HOLD or now - held.since > _LONGEST:
                back.append((parcel, wait))
            elif wait > 0 or not self._slot(parcel.kind):
                kept.append(held)
            else:
                self._rates.take(parcel.chat_id, parcel.kind, now)
                self.flying += 1
                self._patient_flying += parcel.kind >= Kind.CHECKIN
                go.append(held)
        self._held = kept  # in order, so still a heap
        return go, back

    def give_back(self) -> list[Parcel]:
        """Let go of everything held."""
        parcels = [held.parcel for held in self._held]
        self._held = []
        return parcels

    def landed(self, parcel: Parcel, now: float) -> None:
        """A flight has ended; the person rests as long as their chat has to."""
        self.flying -= 1
        self._patient_flying -= parcel.kind >= Kind.CHECKIN
        if (wait := self._rates.chat_wait(parcel.chat_id, now)) > 0:
            heapq.heappush(self._resting, (now + wait, parcel.person))

    def free(self, persons: Iterable[UUID]) -> None:
        """Their results are about to be recorded: they may be served again, unless they rest."""
        resting = {person for _, person in self._resting}
        self.busy.difference_update(person for person in persons if person not in resting)

    def rested(self, now: float) -> bool:
        """Whether somebody's rest is over."""
        over = False
        while self._resting and self._resting[0][0] <= now:
            self.busy.discard(heapq.heappop(self._resting)[1])
            over = True
        return over

    def moments(self, now: float) -> Iterator[float]:
        """In how many seconds something changes by itself."""
        if self._resting:
            yield self._resting[0][0] - now
        for held in self._held:
            if self._slot(held.kind):
                yield self._rates.when(held.parcel.chat_id, held.kind, now)
            yield held.since + _LONGEST - now

    def _slot(self, kind: Kind) -> bool:
        if kind >= Kind.CHECKIN and self._patient_flying >= self._patient_most:
            return False
        return self.flying < self._flight
