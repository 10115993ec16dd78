"""What was taken out of here as files: when, by whom, about whom, and why."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class ExportRow(Row, table=True):
    """One export by a member of staff. The reason is in their words, sealed under their own key.

    `what` is a kind such as csv or fhir; `subject` the one person it is about, else `group_id` the
    group, else everybody. `since` to `until` are local dates, both included. No foreign keys: what
    was taken out stays on record when people are gone.
    """

    __tablename__ = "export"

    id: UUID = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)
    staff_id: UUID = Field(index=True)
    what: str
    group_id: UUID | None = None
    subject: UUID | None = Field(default=None, index=True)
    since: date
    until: date
    sealed_reason: bytes | None = None
