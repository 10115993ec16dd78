"""Telegram's limits as a server enforces them: 30 messages a second, one a second to a chat."""

from collections import deque
from dataclasses import dataclass, field

A_SECOND = 30
IN_A_ROW = 3
"""To one chat Telegram bears a short burst above one a second."""
A_SPAN, IN_A_SPAN = 15.0, 20
"""Over a longer time it does not: so many seconds, so many messages."""


@dataclass
class Enforced:
    """Refuses what comes faster; counts every message that was let through, by its second."""

    busiest: int = 0
    _last: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def refuses(self, chat: int, now: float) -> int:
        """Seconds to wait, 0 if this message may pass; only one that passes counts."""
        while self._last and now - self._last[0] >= 1.0:
            self._last.popleft()
        mine = self._chats.setdefault(chat, deque())
        while mine and now - mine[0] >= A_SPAN:
            mine.popleft()
        in_a_row = len(mine) >= IN_A_ROW and now - mine[-IN_A_ROW] < 1.0
        if len(self._last) >= A_SECOND or in_a_row or len(mine) >= IN_A_SPAN:
            return 1
        self._last.append(now)
        mine.append(now)
        self.busiest = max(self.busiest, len(self._last))
        return 0
