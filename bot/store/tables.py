"""The tables. Readable columns hold ids, times, states and counts; words are sealed bytes.

Statements of the hot path use the Core tables at the end of this module (`tables.run.c.turn`).
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Text, text
from sqlmodel import Field, SQLModel

from bot.store.columns import Utc

WAITING = "status = 'waiting'"
"""One run waits for an answer at a time; any number may lie aside."""
LIVE = "status IN ('pending', 'sending')"
PENDING = "status = 'pending'"
SENDING = "status = 'sending'"


class Row(SQLModel):
    """The base of every table. Constraints get names, because batch migrations need them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


class ParticipantRow(Row, table=True):
    """One person who talks to the bot; found by a keyed hash, reached at a sealed address."""

    __tablename__ = "participant"

    id: UUID = Field(primary_key=True)
    telegram_key: bytes = Field(unique=True)
    sealed_address: bytes
    language: str
    zone: str = "UTC"
    country: str | None = None
    reachable: bool = True
    created_at: datetime = Field(sa_type=Utc)


class PersonKeyRow(Row, table=True):
    """A person's data key, wrapped by the master key. Deleting this row makes their words noise.

    No foreign key: the key is made before the participant row (whose address it seals) and is
    destroyed first of all when somebody is erased.
    """

    __tablename__ = "person_key"

    participant_id: UUID = Field(primary_key=True)
    wrapped: bytes
    master_version: int


class SeenUpdateRow(Row, table=True):
    """An update that has been handled; its primary key makes a redelivery harmless."""

    __tablename__ = "seen_update"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    seen_at: datetime = Field(sa_type=Utc, index=True)


class DeadLetterRow(Row, table=True):
    """An update that could not be handled: what kind it was and what broke, never its words."""

    __tablename__ = "dead_letter"

    id: UUID = Field(primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    kind: str
    error: str
    at: datetime = Field(sa_type=Utc)


class RevisionRow(Row, table=True):
    """An exercise exactly as it was when somebody began it."""

    __tablename__ = "revision"

    sha: str = Field(primary_key=True)
    exercise_id: str
    definition: str = Field(sa_type=Text)
    kept_at: datetime = Field(sa_type=Utc)


class RunRow(Row, table=True):
    """One person going through one exercise; its state is sealed."""

    __tablename__ = "run"
    __table_args__ = (
        _partial("uq_run_waiting", "participant_id", where=WAITING, unique=True),
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


class AnswerRow(Row, table=True):
    """What somebody answered at one step of one run, sealed."""

    __tablename__ = "answer"

    run_id: UUID = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE")
    step: str = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    sealed_body: bytes
    answered_at: datetime = Field(sa_type=Utc)


class DueRow(Row, table=True):
    """Something that will happen later to one person; `key` makes it happen once."""

    __tablename__ = "due"

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    kind: str
    subject: UUID | None = None
    turn: int | None = None
    at: datetime = Field(sa_type=Utc, index=True)
    key: str = Field(unique=True)


class OutboxRow(Row, table=True):
    """One message on its way to one person."""

    __tablename__ = "outbox"
    __table_args__ = (
        _partial("ix_outbox_lane", "participant_id", "id", where=LIVE),
        _partial("ix_outbox_claim", "kind", "id", where=PENDING),
        _partial("ix_outbox_sending", "id", where=SENDING),
        _partial("ix_outbox_asks", "asks_run", "id", where="asks_run IS NOT NULL"),
        # A number is never given out twice, not even after the rows were deleted.
        {"sqlite_autoincrement": True},
    )

    # The order of a lane. A counter of the database, not a UUIDv7: two processes' clocks may
    # disagree, whereas a person's row lock makes this counter grow in the order things happened.
    id: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        ),
    )
    key: str = Field(unique=True)
    # No index of its own: SQLite would take it instead of the lane's, and read all that was sent.
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    kind: int
    policy: str
    sealed_body: bytes | None = Field(default=None, sa_type=LargeBinary)
    asks_run: UUID | None = None
    asks_turn: int | None = None
    redraws: bool = False
    status: str = "pending"
    attempts: int = 0
    ambiguous: int = 0
    not_before: datetime = Field(sa_type=Utc)
    expires_at: datetime | None = Field(default=None, sa_type=Utc)
    owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Utc)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)


class TombstoneRow(Row, table=True):
    """Somebody who was erased, by the keyed hash of their Telegram id; and since when."""

    __tablename__ = "tombstone"

    telegram_key: bytes = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)


metadata = Row.metadata

participant = metadata.tables["participant"]
person_key = metadata.tables["person_key"]
seen_update = metadata.tables["seen_update"]
dead_letter = metadata.tables["dead_letter"]
revision = metadata.tables["revision"]
run = metadata.tables["run"]
answer = metadata.tables["answer"]
due = metadata.tables["due"]
outbox = metadata.tables["outbox"]
tombstone = metadata.tables["tombstone"]
