"""Signs of life, for whoever watches over the bot from outside."""

from datetime import datetime

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class VitalRow(Row, table=True):
    """When a part of the work (poll, clock) last went well, and in which process."""

    __tablename__ = "vital"

    part: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)
    by: str
