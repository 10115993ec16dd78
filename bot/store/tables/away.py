"""Which members of staff are away, and when they read again."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class AwayRow(Row, table=True):
    """Somebody on the staff is out of office. Past `until` the row says nothing any more."""

    __tablename__ = "away"

    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    since: datetime = Field(sa_type=Utc)
    until: datetime = Field(sa_type=Utc)
