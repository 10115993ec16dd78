"""Telegram's limits as a server enforces them: 30 messages a second, one a second to a chat."""

from collections import deque
from dataclasses import dataclass, field

A_SECOND = 30
IN_A_ROW = 3
"""To one chat Telegram bears a short burst above one a second."""


@dataclass
class Enforced:
    """Refuses what comes faster; counts every message that was let through, by its second."""

    a_second: int = A_SECOND
    in_a_row: int = IN_A_ROW
    busiest: int = 0
    _last: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def refuses(self, chat: int, now: float) -> int:
        """Seconds to wait, 0 if this message may pass; only one that passes counts."""
        while self._last and now - self._last[0] >= 1.0:
            self._last.popleft()
        mine = self._chats.setdefault(chat, deque())
        while mine and now - mine[0] >= self.in_a_row:
            mine.popleft()
        if len(self._last) >= self.a_second or len(mine) >= self.in_a_row:
            return 1
        self._last.append(now)
        mine.append(now)
        self.busiest = max(self.busiest, len(self._last))
        return 0
