"""What a group has between its sessions: lines on the board, whom they helped, the question."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class BoardLineRow(Row, table=True):
    """Words one person wrote for their group, sealed under their own key with what they are about.

    `kind` is helped, good or question; `state` begun, kept, shown, held, approved or sent_back.
    """

    __tablename__ = "board_line"
    __table_args__ = (
        Index("ix_board_line_group", "group_id", "state"),
        Index("ix_board_line_person", "participant_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE")
    kind: str
    state: str
    language: str
    sealed_body: bytes
    reason: str | None = None
    written_at: datetime = Field(sa_type=Utc)
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    decided_by: UUID | None = None


class BoardHelpedRow(Row, table=True):
    """Somebody said that a line helped them; once."""

    __tablename__ = "board_helped"

    line_id: UUID = Field(primary_key=True, foreign_key="board_line.id", ondelete="CASCADE")
    participant_id: UUID = Field(
        primary_key=True, foreign_key="participant.id", ondelete="CASCADE", index=True
    )
    at: datetime = Field(sa_type=Utc)


class DiscussionRow(Row, table=True):
    """The question a therapist picked for one session of a group, by its id in the files."""

    __tablename__ = "discussion"

    group_id: UUID = Field(primary_key=True, foreign_key="care_group.id", ondelete="CASCADE")
    session_date: date = Field(primary_key=True)
    question: str
    chosen_by: UUID
    chosen_at: datetime = Field(sa_type=Utc)
