"""When people are written to and what became of it, our own heartbeat, what was assigned."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class ScheduleRow(Row, table=True):
    """One kind of reminder to one participant.

    `purpose` is checkin, reminder, session or measure; `name` tells two of one purpose apart
    ("checkin.0"). `plan` is the JSON of a `care.cadence.Schedule`: times and states, no words.
    """

    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("participant_id", "name"),)

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    purpose: str
    name: str
    exercise_id: str | None = None
    plan: str = Field(sa_type=Text)
    active: bool = True
    created_at: datetime = Field(sa_type=Utc)


class OccurrenceRow(Row, table=True):
    """One scheduled local date and how it ended. The primary key makes it happen at most once.

    `key` is that of the outbox row which carries the message, where its fate can be read; `run_id`
    the exercise it began; `snoozed_to` when it comes back; `touched_at` when one of its buttons was
    pressed first; `answered_at` when what it asked for was done.
    """

    __tablename__ = "occurrence"
    __table_args__ = (Index("ix_occurrence_recent", "participant_id", "decided_at"),)

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    schedule_id: UUID = Field(primary_key=True, foreign_key="schedule.id", ondelete="CASCADE")
    local_date: date = Field(primary_key=True)
    planned_at: datetime | None = Field(default=None, sa_type=Utc)
    outcome: str
    why: str | None = None
    decided_at: datetime = Field(sa_type=Utc)
    exercise_id: str | None = None
    key: str | None = None
    run_id: UUID | None = None
    snoozes: int = 0
    snoozed_to: datetime | None = Field(default=None, sa_type=Utc)
    again_at: datetime | None = Field(default=None, sa_type=Utc)
    touched_at: datetime | None = Field(default=None, sa_type=Utc)
    answered_at: datetime | None = Field(default=None, sa_type=Utc)


class BeatRow(Row, table=True):
    """The last heartbeat that was believed: one row. `steady` is the clock that only goes forward,
    in seconds, of the process that beat."""

    __tablename__ = "beat"

    id: int = Field(primary_key=True)
    wall: datetime = Field(sa_type=Utc)
    steady: float


class OutageRow(Row, table=True):
    """A time in which we were down."""

    __tablename__ = "outage"

    start_at: datetime = Field(primary_key=True, sa_type=Utc)
    end_at: datetime = Field(sa_type=Utc, index=True)


class AssignmentRow(Row, table=True):
    """An exercise given to a whole group or to one person, by a member of staff.

    `until` is the last local date it counts for, the day of the next session.
    """

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_group", "group_id", "until"),)

    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE")
    participant_id: UUID | None = Field(
        default=None, foreign_key="participant.id", ondelete="CASCADE", index=True
    )
    exercise_id: str
    assigned_by: UUID
    assigned_at: datetime = Field(sa_type=Utc)
    until: date


class AttendanceRow(Row, table=True):
    """Somebody said that they were in a session of their group, on this local date of the group."""

    __tablename__ = "attendance"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    group_id: UUID = Field(primary_key=True, foreign_key="care_group.id", ondelete="CASCADE")
    session_date: date = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)
