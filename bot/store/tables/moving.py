"""What comes in, what goes out, and what happens later."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer, LargeBinary
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row, partial_index

LIVE = "status IN ('pending', 'sending')"
PENDING = "status = 'pending'"
SENDING = "status = 'sending'"
TROUBLE = "status IN ('uncertain', 'failed')"


class SeenUpdateRow(Row, table=True):
    """An update that has been handled; its primary key makes a redelivery harmless."""

    __tablename__ = "seen_update"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    seen_at: datetime = Field(sa_type=Utc, index=True)


class DeadLetterRow(Row, table=True):
    """An update that could not be handled: what kind it was and what broke, never its words."""

    __tablename__ = "dead_letter"

    id: UUID = Field(primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    kind: str
    error: str
    at: datetime = Field(sa_type=Utc)


class DueRow(Row, table=True):
    """Something that will happen later to one person; `key` makes it happen once."""

    __tablename__ = "due"

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    kind: str
    subject: UUID | None = None
    turn: int | None = None
    at: datetime = Field(sa_type=Utc, index=True)
    key: str = Field(unique=True)


class OutboxRow(Row, table=True):
    """One message on its way to one person; `guard` is looked at again when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_lane", "participant_id", "id", where=LIVE),
        partial_index("ix_outbox_claim", "kind", "id", where=PENDING),
        partial_index("ix_outbox_sending", "id", where=SENDING),
        partial_index("ix_outbox_trouble", "status", "kind", where=TROUBLE),
        partial_index("ix_outbox_asks", "asks_run", "id", where="asks_run IS NOT NULL"),
        # A number is never given out twice, not even after the rows were deleted.
        {"sqlite_autoincrement": True},
    )

    # The order of a lane. A counter of the database, not a UUIDv7: two processes' clocks may
    # disagree, whereas a person's row lock makes this counter grow in the order things happened.
    id: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        ),
    )
    key: str = Field(unique=True)
    # No index of its own: SQLite would take it instead of the lane's, and read all that was sent.
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    kind: int
    policy: str
    guard: str | None = None
    sealed_body: bytes | None = Field(default=None, sa_type=LargeBinary)
    asks_run: UUID | None = None
    asks_turn: int | None = None
    redraws: bool = False
    status: str = "pending"
    attempts: int = 0
    ambiguous: int = 0
    not_before: datetime = Field(sa_type=Utc)
    expires_at: datetime | None = Field(default=None, sa_type=Utc)
    owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Utc)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)


class ShownButtonsRow(Row, table=True):
    """The buttons one person was shown last outside an exercise, sealed: what is typed may be one
    of them."""

    __tablename__ = "shown_buttons"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    sealed_body: bytes
    at: datetime = Field(sa_type=Utc)


class MediaFileRow(Row, table=True):
    """A file Telegram has already: under which id this bot may send it again.

    The same key with other bytes is another file. No file of a person's is ever kept here.
    """

    __tablename__ = "media_file"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    file_id: str
    uploaded_at: datetime = Field(sa_type=Utc)
