"""Who is in which workshop, which lessons have opened, and which tools somebody keeps on top."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row, partial_index

RUNNING = "state = 'running'"
"""One workshop runs at a time; any number may wait or be over."""


class EnrolmentRow(Row, table=True):
    """One person in one workshop, as it was defined when they joined.

    `state` is waiting, running, ended or left. `joined_on` and `ends_on` are local dates of the
    person, set when it begins to run; `given_by` is the member of staff who gave it, if one did.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        partial_index("uq_enrolment_running", "participant_id", where=RUNNING, unique=True),
    )

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    workshop_id: str
    revision: str = Field(foreign_key="revision.sha")
    state: str
    given_by: UUID | None = None
    created_at: datetime = Field(sa_type=Utc)
    joined_on: date | None = None
    ends_on: date | None = None


class LessonRow(Row, table=True):
    """One lesson that has opened for somebody, once. `opened_on` is their local date."""

    __tablename__ = "lesson"

    enrolment_id: UUID = Field(primary_key=True, foreign_key="enrolment.id", ondelete="CASCADE")
    lesson: str = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    opened_on: date
    opened_at: datetime = Field(sa_type=Utc)


class PinnedToolRow(Row, table=True):
    """An exercise somebody keeps at the top of their toolbox."""

    __tablename__ = "pinned_tool"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    exercise_id: str = Field(primary_key=True)
    pinned_at: datetime = Field(sa_type=Utc)
