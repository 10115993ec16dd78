"""The therapists' pages: who signs in and how, where they are signed in, what they opened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class SignInRow(Row, table=True):
    """One attempt to sign in, in one browser; `secret_hash` is of the cookie it is bound to.

    `code_hash` is of the code that the browser shows until somebody types it in their chat;
    `numbers` (parted by commas) are what the chat offers, `number` what the browser shows.
    `state` is open, asked, approved or refused.
    """

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_staff", "staff_id", "made_at"),)

    id: UUID = Field(primary_key=True)
    secret_hash: bytes = Field(unique=True)
    code_hash: bytes | None = Field(default=None, unique=True)
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id", ondelete="CASCADE")
    browser: str
    number: int
    numbers: str
    state: str
    made_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc, index=True)


class StaffSessionRow(Row, table=True):
    """Where a member of staff is signed in; only the hash of the cookie is kept."""

    __tablename__ = "staff_session"

    id: UUID = Field(primary_key=True)
    secret_hash: bytes = Field(unique=True)
    staff_id: UUID = Field(foreign_key="staff.id", ondelete="CASCADE", index=True)
    browser: str
    begun_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)


class SecondFactorRow(Row, table=True):
    """What a member of staff's authenticator app knows, too; None confirmed: not yet in use.

    `last_step` is the newest half minute whose code was used: no code is taken twice.
    """

    __tablename__ = "second_factor"

    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    sealed_secret: bytes
    made_at: datetime = Field(sa_type=Utc)
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    last_step: int = 0
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Utc)


class RecoveryCodeRow(Row, table=True):
    """A keyed hash of a code that does once what the authenticator app does."""

    __tablename__ = "recovery_code"

    code_hash: bytes = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", ondelete="CASCADE", index=True)


class EmergencyRow(Row, table=True):
    """Somebody opened a group that is not theirs, for a while; why is sealed under their key."""

    __tablename__ = "emergency"
    __table_args__ = (Index("ix_emergency_staff", "staff_id", "until"),)

    id: UUID = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", ondelete="CASCADE")
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE")
    sealed_reason: bytes
    opened_at: datetime = Field(sa_type=Utc)
    until: datetime = Field(sa_type=Utc)
