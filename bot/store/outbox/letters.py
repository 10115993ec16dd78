"""What a message on its way is: its kind, what to do when nobody knows, its states."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from bot.store.vault import Place


class Kind(IntEnum):
    """What a message is for; a smaller number goes first."""

    ALERT = 0
    REPLY = 1
    CHECKIN = 2
    NUDGE = 3
    BULK = 4


class Policy(StrEnum):
    """What to do when nobody knows whether a message arrived."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"


class State(StrEnum):
    """Where a message stands. `uncertain`: it may have arrived, and it will not be sent again."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


RESENDS = {Kind.ALERT: 5, Kind.REPLY: 3, Kind.CHECKIN: 1, Kind.NUDGE: 0, Kind.BULK: 0}
"""How often a message of each kind is sent again after an unknown outcome."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be queued. `key` makes it exist once; `body` is JSON, opaque here.

    `asks_run` is the run it belongs to and `asks_turn` the question it asks, None where it asks
    nothing; one that `redraws` takes the place of the message that asked the same run before.
    `guard` must hold when it is sent (`guards`).
    """

    key: str
    person: UUID
    kind: Kind
    body: str
    not_before: datetime
    expires_at: datetime | None = None
    asks_run: UUID | None = None
    asks_turn: int | None = None
    redraws: bool = False
    guard: str | None = None

    @property
    def policy(self) -> Policy:
        """At least once if it may be sent again, at most once if not."""
        return Policy.AT_LEAST_ONCE if RESENDS[self.kind] else Policy.AT_MOST_ONCE


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message, opened for the sender. `edits` is the message whose place it takes.

    `attempts` counts the tries that failed, `ambiguous` those among them whose end is unknown.
    """

    id: int
    person: UUID
    chat_id: int
    kind: Kind
    body: str
    attempts: int
    ambiguous: int
    edits: int | None
    expires_at: datetime | None
    created_at: datetime


def body_place(key: str) -> Place:
    """Where the words of a message are sealed."""
    return Place("outbox", "sealed_body", key)
