"""New ids: UUIDv7 (RFC 9562), always growing, even if the clock repeats or steps back."""

import os
import threading
from datetime import datetime
from uuid import UUID

_TAIL_BITS = 74  # 12 after the version, 62 after the variant
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


class _Minter:
    """Remembers the last id given out; the only way to stay above it when `now` does not move."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millis = 0
        self._tail = 0

    def mint(self, millis: int) -> UUID:
        with self._lock:
            if millis > self._millis:
                # The top bit stays free, so that ids of the same millisecond have room to grow.
                self._millis, self._tail = millis, _random(_TAIL_BITS - 1)
            else:
                self._tail += 1 + _random(32)
                if self._tail >> _TAIL_BITS:
                    self._millis, self._tail = self._millis + 1, _random(_TAIL_BITS - 1)
            return _compose(self._millis, self._tail)


def _random(bits: int) -> int:
    return int.from_bytes(os.urandom((bits + 7) // 8)) >> (-bits % 8)


def _compose(millis: int, tail: int) -> UUID:
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=millis << 80 | _VERSION | high << 64 | _VARIANT | low)


_minter = _Minter()


def new_id(now: datetime, after: UUID | None = None) -> UUID:
    """A fresh id that sorts after every id this process made before; and `after` one that another
    process made, or this one before a restart, whose clock may have run ahead."""
    if now.tzinfo is None:
        raise ValueError("naive datetime refused: pass an aware UTC time")
    made = _minter.mint(int(now.timestamp() * 1000))
    return made if after is None or made > after else UUID(int=after.int + 1)
