"""What therapists are told before a session and once a week: entries to bring, digests."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class BroughtRow(Row, table=True):
    """Somebody wants to bring one of their entries to the session of their group on this date."""

    __tablename__ = "brought"
    __table_args__ = (Index("ix_brought_session", "group_id", "session_date"),)

    run_id: UUID = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE")
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE")
    session_date: date
    at: datetime = Field(sa_type=Utc)


class DigestRow(Row, table=True):
    """When a member of staff wants the digest of their groups: weekday 0 (Monday) to 6, None for
    never; local HH:MM on the programme's clock. Without a row, Monday at eight."""

    __tablename__ = "digest"

    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    weekday: int | None = None
    hour: str
