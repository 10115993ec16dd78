"""What authors and reviewers do on a running bot: files they try, and what they were told."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class TrialRow(Row, table=True):
    """An exercise that a reviewer sent as a file and tries by themselves; one for each reviewer.

    `sealed_file` says where Telegram keeps the file, as long as it has still to be fetched; then
    come the exercise and how far they have come in it. It never is among the exercises. With a
    `target_id` it is one of the library, looked at before that group or person is given it.
    """

    __tablename__ = "trial"

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", unique=True)
    sealed_file: bytes | None = None
    sealed_exercise: bytes | None = None
    sealed_state: bytes | None = None
    target_id: UUID | None = None
    updated_at: datetime = Field(sa_type=Utc)


class ContentNoticeRow(Row, table=True):
    """A lead was told which files were left out; `sha` is of what was wrong, so it is told once."""

    __tablename__ = "content_notice"

    sha: str = Field(primary_key=True)
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    told_at: datetime = Field(sa_type=Utc)
