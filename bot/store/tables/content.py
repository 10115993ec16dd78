"""What people do: exercises as they were when begun, runs through them, answers, scores."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row, partial_index

WAITING = "status = 'waiting'"
"""One run waits for an answer at a time; any number may lie aside."""


class RevisionRow(Row, table=True):
    """An exercise exactly as it was when somebody began it."""

    __tablename__ = "revision"

    sha: str = Field(primary_key=True)
    exercise_id: str
    definition: str = Field(sa_type=Text)
    kept_at: datetime = Field(sa_type=Utc)


class RunRow(Row, table=True):
    """One person going through one exercise; its state is sealed.

    `about` is the person's own date that a daily entry tells of.
    """

    __tablename__ = "run"
    __table_args__ = (
        partial_index("uq_run_waiting", "participant_id", where=WAITING, unique=True),
        Index("ix_run_history", "participant_id", "finished_at"),
    )

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    exercise_id: str
    revision: str = Field(foreign_key="revision.sha")
    status: str
    cursor: str
    turn: int
    sealed_state: bytes
    started_at: datetime = Field(sa_type=Utc)
    updated_at: datetime = Field(sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)
    about: date | None = None


class AnswerRow(Row, table=True):
    """What somebody answered at one step of one run, sealed."""

    __tablename__ = "answer"
    # When somebody last answered is asked for a whole group at a time.
    __table_args__ = (Index("ix_answer_latest", "participant_id", "answered_at"),)

    run_id: UUID = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE")
    step: str = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    sealed_body: bytes
    answered_at: datetime = Field(sa_type=Utc)


class MeasureTextRow(Row, table=True):
    """The official wording of a measure as the programme installed it; nobody's private data.

    `body` is JSON: words by key and language.
    """

    __tablename__ = "measure_text"
    __table_args__ = (UniqueConstraint("measure", "version"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    measure: str
    version: int
    body: str = Field(sa_type=Text)
    installed_at: datetime = Field(sa_type=Utc)


class StaffScoreRow(Row, table=True):
    """Scores of one measure that staff entered for one person, sealed."""

    __tablename__ = "staff_score"
    __table_args__ = (Index("ix_staff_score_person", "participant_id", "measure", "day"),)

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    measure: str
    day: date
    sealed_body: bytes
    entered_by: UUID | None = None
    entered_at: datetime = Field(sa_type=Utc)


class TargetRow(Row, table=True):
    """What one exercise follows for one person, as their clinician chose it, sealed."""

    __tablename__ = "target"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    exercise_id: str = Field(primary_key=True)
    sealed_body: bytes
    chosen_by: UUID | None = None
    chosen_at: datetime = Field(sa_type=Utc)


class EnabledRow(Row, table=True):
    """An exercise somebody of the staff opened for one person, whatever the track says."""

    __tablename__ = "enabled"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    exercise_id: str = Field(primary_key=True)
    enabled_by: UUID
    enabled_at: datetime = Field(sa_type=Utc)


class SparedRow(Row, table=True):
    """The topics one person wants to be warned of or spared, sealed."""

    __tablename__ = "spared"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    sealed_body: bytes
    changed_at: datetime = Field(sa_type=Utc)
