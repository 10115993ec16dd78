"""What another process left behind whose clock ran far ahead: its ids sort after all of ours."""

from datetime import UTC, datetime
from uuid import UUID

AHEAD = datetime(2300, 1, 1, tzinfo=UTC)
"""Later than any moment of which a test makes an id: within one process, ids only grow."""


def id_ahead() -> UUID:
    """An id of then (RFC 9562)."""
    millis = int(AHEAD.timestamp() * 1000)
    return UUID(int=millis << 80 | 0x7 << 76 | 0b10 << 62 | 1)
