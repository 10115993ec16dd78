"""What was received and waits for a worker, and who else received with our token."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class InboxRow(Row, table=True):
    """An update that was received and not handled yet; handling it deletes the row.

    Only where several processes share the work. `lane` is a keyed hash of who it is from, the
    update itself is sealed: people we do not know yet have no key, so it is the inbox's own.
    """

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_lane", "lane", "update_id"),)

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    lane: bytes
    kind: str
    sealed_update: bytes
    attempts: int = 0
    not_before: datetime = Field(sa_type=Utc)
    received_at: datetime = Field(sa_type=Utc)


class RivalRow(Row, table=True):
    """Somebody else who received with our token, one row for each kind of them."""

    __tablename__ = "rival"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str = Field(primary_key=True)
    times: int
    first_at: datetime = Field(sa_type=Utc)
    last_at: datetime = Field(sa_type=Utc)
