"""What goes wrong between us and Telegram during a rehearsal: a mix, dealt out by a seed."""

import random
from collections import Counter
from typing import Any, Final

from bot.playground import Playground
from bot.playground.faults import Fault

UNKNOWN: Final = (
    "500_before",
    "reset_before",
    "502_after",
    "reset_after",
    "truncated",
    "hang_after",
)
"""After these nobody on our side can know whether the message arrived: each may cost one copy."""
SENDING: Final = dict.fromkeys(UNKNOWN, 3) | {"hang_after": 1, "429": 4, "404": 2, "delay": 3}
"""Of so many messages that go wrong, how many do in which way."""
RECEIVING: Final = {
    **dict.fromkeys(("502_after", "500_before", "reset_after", "reset_before", "truncated"), 3),
    **dict.fromkeys(("duplicate_updates", "reorder_updates"), 9),
    **dict.fromkeys(("404", "429"), 2),
    "409": 1,
}
SLOW: Final = ("409", "hang_after")
"""After a 409 the bot stands back for half a minute, and a call that hangs takes ten seconds."""


class Weather:
    """Orders the next fault after so many calls. Its state is what it has ordered."""

    def __init__(
        self,
        playground: Playground,
        seed: int,
        *,
        sends: int = 25,
        polls: int = 12,
        slow: bool = True,
    ) -> None:
        self._faults = playground.faults
        self._dice = random.Random(seed)
        self._every = {"sendMessage": sends, "getUpdates": polls}
        self._calls: Counter[str] = Counter()
        self._decks = {"sendMessage": _deck(SENDING, slow), "getUpdates": _deck(RECEIVING, slow)}
        self._ordered: list[Fault] = []
        playground.on_call(self._heard)

    def _heard(self, method: str, *_: Any) -> None:
        every = self._every.get(method)
        if every is None:
            return
        self._calls[method] += 1
        if self._calls[method] % every == 0:
            kind = self._dice.choice(self._decks[method])
            seconds = 0.3 if kind == "delay" else None
            self._ordered.append(self._faults.add(method, kind, seconds=seconds))

    @property
    def happened(self) -> Counter[str]:
        """How often what went wrong, by kind."""
        return Counter(each.kind for each in self._ordered if not each.times)

    @property
    def unknown(self) -> int:
        """How many messages left us in the dark about their fate."""
        return sum(
            each.method == "sendMessage" and each.kind in UNKNOWN and not each.times
            for each in self._ordered
        )

    def clears(self) -> None:
        """Nothing goes wrong from now on."""
        self._faults.clear()


def _deck(shares: dict[str, int], slow: bool) -> list[str]:
    return [kind for kind, many in shares.items() for _ in range(many) if slow or kind not in SLOW]
