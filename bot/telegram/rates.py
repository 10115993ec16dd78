"""How soon a message may leave: limits overall, per chat and for what may wait. Pure."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from bot.store.outbox import Kind


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst + per_second * t` in any `t` seconds."""

    per_second: float
    burst: int


BURST: Final = 4
"""So many more than the rate may leave within one second."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram bears (30/s overall, 1/s per chat), with headroom; None is no limit. What left
    in more than a second may arrive within one: at 30 in a second at most, a host that had
    no time for us was refused three of 2,851.

    `patient` holds check-ins, nudges and bulk together, so that a wave of them leaves room for
    replies and alerts at any moment.
    """

    overall: Limit | None = Limit(24, BURST)
    per_chat: Limit | None = Limit(1, 3)
    patient: Limit | None = Limit(15, 3)


UNLIMITED: Final = Limits(None, None, None)

_ALARMING_WAIT: Final = 30.0
_ALARMING_CHATS: Final = 3
_ALARMING_SPAN: Final = 10.0
_SWEEP_ABOVE: Final = 256
_DUST: Final = 1e-6  # seconds; what floating point may be off by


class Bucket:
    """A token bucket kept as one number: when it would be full again (GCRA)."""

    __slots__ = ("_full_at", "_slack", "_step")

    def __init__(self, limit: Limit) -> None:
        self._step = 1 / limit.per_second
        self._slack = (limit.burst - 1) * self._step
        self._full_at = float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until one more fits."""
        wait = self._full_at - self._slack - now
        return wait if wait > _DUST else 0.0

    def take(self, now: float) -> None:
        """One more, whether it fits or not."""
        self._full_at = max(self._full_at, now) + self._step

    def idle(self, now: float) -> bool:
        """Whether it is as good as new."""
        return self._full_at <= now

    def room(self, now: float) -> int:
        """How many fit at once."""
        left = now + self._slack - max(self._full_at, now) + _DUST
        return 0 if left < 0 else int(left / self._step) + 1


class Rates:
    """The buckets and pauses of one sending process. It has state because limits do."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._overall = Bucket(limits.overall) if limits.overall else None
        self._patient = Bucket(limits.patient) if limits.patient else None
        self._chats: dict[int, Bucket] = {}
        self._paused: dict[int, float] = {}
        self._all_paused = float("-inf")
        self._complaints: deque[tuple[float, int]] = deque()
        self._sweep_at = _SWEEP_ABOVE

    def when(self, chat: int, kind: Kind, now: float) -> float:
        """Seconds until a message of `kind` may go to `chat`; 0 is now.

        An alert does not wait out a pause of everything: it is the trial whether all is well.
        """
        wait = self.chat_wait(chat, now)
        if kind is not Kind.ALERT:
            wait = max(wait, self._all_paused - now)
        if kind >= Kind.CHECKIN and self._patient:
            wait = max(wait, self._patient.wait(now))
        if self._overall:
            wait = max(wait, self._overall.wait(now))
        return wait

    def chat_wait(self, chat: int, now: float) -> float:
        """Seconds until this chat by itself may hear from us again."""
        wait = max(0.0, self._paused[chat] - now) if chat in self._paused else 0.0
        bucket = self._chats.get(chat)
        return max(wait, bucket.wait(now)) if bucket else wait

    def overall_wait(self, now: float) -> float:
        """Seconds until anything at all but an alert may leave."""
        wait = max(0.0, self._all_paused - now)
        return max(wait, self._overall.wait(now)) if self._overall else wait

    def room(self, now: float) -> int | None:
        """How many may leave at this moment; None is no limit. One trial during a full pause."""
        if self._all_paused > now:
            return 1
        return self._overall.room(now) if self._overall else None

    def take(self, chat: int, kind: Kind, now: float) -> None:
        """Count a message that leaves now."""
        if self._overall:
            self._overall.take(now)
        if kind >= Kind.CHECKIN and self._patient:
            self._patient.take(now)
        if self._limits.per_chat:
            bucket = self._chats.get(chat)
            if bucket is None:
                self._sweep(now)
                bucket = self._chats[chat] = Bucket(self._limits.per_chat)
            bucket.take(now)

    def slow_down(self, chat: int, seconds: float, now: float, jitter: float) -> None:
        """Telegram answered 429: leave this chat alone, or everyone if it is no single chat."""
        until = now + seconds + jitter
        self._sweep(now)
        self._paused[chat] = max(until, self._paused.get(chat, until))
        self._complaints.append((now, chat))
        while now - self._complaints[0][0] > _ALARMING_SPAN:
            self._complaints.popleft()
        chats = {who for _, who in self._complaints}
        if seconds >= _ALARMING_WAIT or len(chats) >= _ALARMING_CHATS:
            self.pause_all(until)

    def pause_all(self, until: float) -> None:
        """Let nothing but alerts leave before `until`."""
        self._all_paused = max(self._all_paused, until)

    def paused(self, now: float) -> bool:
        """Whether everything is paused."""
        return self._all_paused > now

    def remembered(self) -> int:
        """How many chats are kept in mind."""
        return len(self._chats) + len(self._paused)

    def _sweep(self, now: float) -> None:
        # An idle bucket equals a new one, so dropping it forgets nothing.
        if self.remembered() < self._sweep_at:
            return
        self._chats = {chat: b for chat, b in self._chats.items() if not b.idle(now)}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        self._sweep_at = max(_SWEEP_ABOVE, 2 * self.remembered())
