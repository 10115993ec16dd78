"""From an outcome to what the outbox is told, and to what the rates and counters learn of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, assert_never

import structlog
from sqlmodel import Session

from bot.store import outbox
from bot.store.outbox import Parcel
from bot.telegram.counts import Counts
from bot.telegram.outcome import (
    Already,
    Gone,
    NotSent,
    Outcome,
    Refused,
    Sent,
    SlowDown,
    TokenDead,
    Uncertain,
    Unreachable,
)
from bot.telegram.patience import chance
from bot.telegram.rates import Rates

_log = structlog.get_logger(__name__)

Unit = Callable[[Session], object]

_REVOKED: Final = 30.0
_LONGEST: Final = 60.0


class Results:
    """Turns outcomes into units of work; the units alone touch the database."""

    def __init__(
        self, owner: str, clock: Callable[[], datetime], rates: Rates, counts: Counts
    ) -> None:
        self._owner = owner
        self._clock = clock
        self._rates = rates
        self._counts = counts

    def unit(self, parcel: Parcel, result: Outcome) -> Unit:
        """What to record about this parcel."""
        counts = self._counts
        match result:
            case Sent(message_id):
                counts.sent += 1
                return self._sent(parcel, message_id)
            case Already():
                counts.sent += 1
                return self._sent(parcel, parcel.edits)
            case NotSent(code):
                counts.later += 1
                return self.later(parcel, _pause(parcel.attempts), code)
            case Uncertain(code) if parcel.edits is not None:
                # An edit made twice is one edit, so it may simply be made again.
                counts.later += 1
                return self.later(parcel, _pause(parcel.attempts), code)
            case Uncertain(code):
                counts.uncertain += 1
                return partial(
                    outbox.unknown,
                    parcel_id=parcel.id,
                    owner=self._owner,
                    now=self._clock(),
                    error=code,
                )
            case SlowDown(seconds):
                counts.slowed += 1
                jitter, now = chance(), asyncio.get_running_loop().time()
                self._rates.slow_down(parcel.chat_id, seconds, now, jitter)
                return self.later(parcel, seconds + jitter, "429")
            case Unreachable(code):
                counts.unreachable += 1
                _log.warning("unreachable", parcel=parcel.id, code=code)
                return partial(outbox.unreachable, person=parcel.person, error=code)
            case Gone(code) | Refused(code):
                counts.failed += 1
                _log.error("refused", parcel=parcel.id, kind=parcel.kind.name, code=code)
                return partial(outbox.failed, parcel_id=parcel.id, owner=self._owner, error=code)
            case TokenDead():
                # The poll asks getMe and decides; until then every row is kept.
                counts.later += 1
                _log.critical("token_refused", parcel=parcel.id)
                self._rates.pause_all(asyncio.get_running_loop().time() + _REVOKED)
                return self.later(parcel, _REVOKED, "401")
            case _:
                assert_never(result)

    def later(self, parcel: Parcel, seconds: float, error: str) -> Unit:
        """It was not sent, and may be in so many seconds."""
        return partial(
            outbox.later,
            parcel_id=parcel.id,
            owner=self._owner,
            not_before=self._clock() + timedelta(seconds=seconds),
            error=error,
        )

    def _sent(self, parcel: Parcel, message_id: int | None) -> Unit:
        return partial(
            outbox.sent,
            parcel_id=parcel.id,
            owner=self._owner,
            message_id=message_id,
            now=self._clock(),
        )


def _pause(attempts: int) -> float:
    return min(_LONGEST, 2.0 ** min(attempts, 6)) + chance()
