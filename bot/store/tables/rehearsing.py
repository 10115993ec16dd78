"""Talks that two partners practise: how far they are, what each said, the cards."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row, partial_index


class RehearsalRow(Row, table=True):
    """One talk between the two of a pair; at most one goes on at a time.

    `revision` is the SHA-256 of the talk as it was when they began; `agreed_at` is the second one's
    yes, which is to this one talk only.
    """

    __tablename__ = "rehearsal"
    __table_args__ = (partial_index("uq_rehearsal_live", "pair_id", where="live", unique=True),)

    id: UUID = Field(primary_key=True)
    pair_id: UUID = Field(foreign_key="pair.id", ondelete="CASCADE", index=True)
    first_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    second_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    talk: str
    variant: str
    revision: str
    phase: str
    round: int
    spoken: int
    until: datetime = Field(sa_type=Utc)
    ending: str | None = None
    live: bool = True
    begun_at: datetime = Field(sa_type=Utc)
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)


class RehearsalLineRow(Row, table=True):
    """One line, until the rehearsal ends. A ready one is kept by its code, in `ready`; one's own
    words under their key."""

    __tablename__ = "rehearsal_line"

    rehearsal_id: UUID = Field(primary_key=True, foreign_key="rehearsal.id", ondelete="CASCADE")
    place: int = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    ready: str | None = None
    sealed_text: bytes | None = None
    at: datetime = Field(sa_type=Utc)


class RehearsalCardRow(Row, table=True):
    """One card, sealed under its giver's key; `given_at` is empty while it is being written.
    `heard` is how far the receiver felt heard, 0 to 4."""

    __tablename__ = "rehearsal_card"

    rehearsal_id: UUID = Field(primary_key=True, foreign_key="rehearsal.id", ondelete="CASCADE")
    round: int = Field(primary_key=True)
    giver_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    receiver_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    sealed_body: bytes
    given_at: datetime | None = Field(default=None, sa_type=Utc)
    heard: int | None = None
