"""What the clinicians of this programme decided about exercises: signed, chosen for a track."""

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


class TrackChoiceRow(Row, table=True):
    """How one track offers one exercise, as the programme chose it; without a row, as the track's
    file says.

    No foreign keys: tracks and exercises are files, and a choice outlives its chooser's place.
    `sealed_why` is under the chooser's key.
    """

    __tablename__ = "track_choice"

    track: str = Field(primary_key=True)
    exercise_id: str = Field(primary_key=True)
    offer: str
    by: UUID
    at: datetime = Field(sa_type=Utc)
    sealed_why: bytes
