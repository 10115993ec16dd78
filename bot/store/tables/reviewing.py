"""Which exercises a clinician of this programme has read and signed."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class ReviewRow(Row, table=True):
    """One exercise in one wording, read by one member of staff.

    `revision` is the SHA-256 of the definition: a file that changes is unreviewed again. No foreign
    keys: the revision may never have been begun by anybody, and a signature outlives its signer's
    place.
    """

    __tablename__ = "review"

    exercise_id: str = Field(primary_key=True)
    revision: str = Field(primary_key=True)
    by: UUID
    at: datetime = Field(sa_type=Utc)
