"""When somebody needs a human: what was just said, alerts, who was told, e-mails, audit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row, partial_index


class RecentRow(Row, table=True):
    """What somebody wrote within the last minute, sealed: it is read together."""

    __tablename__ = "recent"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    sealed_texts: bytes
    at: datetime = Field(sa_type=Utc)


class AlertRow(Row, table=True):
    """One person who may need help now. What was said is sealed under that person's key.

    `tier` is concern or crisis; `source` where it came from (words, answer, request); `state`
    open, taken or closed; `level` how far it went up; `told` what the person last heard of it.
    """

    __tablename__ = "alert"
    __table_args__ = (partial_index("ix_alert_open", "opened_at", where="state <> 'closed'"),)

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    group_id: UUID | None = None
    tier: str
    source: str
    sealed_detail: bytes
    not_meant: bool = False
    state: str = "open"
    level: int = 0
    told: str = "queued"
    opened_at: datetime = Field(sa_type=Utc)
    latest_at: datetime = Field(sa_type=Utc)
    taken_by: UUID | None = None
    taken_at: datetime | None = Field(default=None, sa_type=Utc)
    closed_by: UUID | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    sealed_note: bytes | None = None


class AlertNoticeRow(Row, table=True):
    """One telling of one alert to one member of staff, by chat or e-mail.

    `key` is that of the outbox or mail row which carries it, where its fate can be read.
    """

    __tablename__ = "alert_notice"

    id: UUID = Field(primary_key=True)
    alert_id: UUID = Field(foreign_key="alert.id", ondelete="CASCADE", index=True)
    staff_id: UUID
    channel: str
    level: int
    key: str = Field(unique=True)
    queued_at: datetime = Field(sa_type=Utc)


class MailRow(Row, table=True):
    """One e-mail to a member of staff; address and words are sealed under their key.

    Without a body it is a probe: the server is asked whether it answers, and nothing is sent.
    """

    __tablename__ = "mail"
    __table_args__ = (
        partial_index("ix_mail_live", "not_before", where="status IN ('pending', 'sending')"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        ),
    )
    key: str = Field(unique=True)
    staff_id: UUID
    sealed_body: bytes | None = None
    status: str = "pending"
    attempts: int = 0
    not_before: datetime = Field(sa_type=Utc)
    lease_until: datetime | None = Field(default=None, sa_type=Utc)
    error: str | None = None
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)


class AuditRow(Row, table=True):
    """One thing somebody did, without any content; each row's hash covers the one before.

    No foreign keys: what happened stays on record when the people are gone. Triggers of the
    database refuse every change and deletion.
    """

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    actor: UUID | None = None
    subject: UUID | None = Field(default=None, index=True)
    action: str
    reason: str
    hash: bytes
