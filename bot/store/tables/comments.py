"""What therapists write to somebody about one entry."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class CommentRow(Row, table=True):
    """One comment, sealed under the key of the person it is for: erasing them erases it.

    `attempt` counts how often it was given to the outbox; `stopped` says why it was not sent, by a
    code. `thanked_at` is when the person tapped Thank you.
    """

    __tablename__ = "comment"

    id: UUID = Field(primary_key=True)
    run_id: UUID = Field(foreign_key="run.id", ondelete="CASCADE", index=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    staff_id: UUID
    sealed_text: bytes
    written_at: datetime = Field(sa_type=Utc)
    attempt: int = 0
    stopped: str | None = None
    thanked_at: datetime | None = Field(default=None, sa_type=Utc)
