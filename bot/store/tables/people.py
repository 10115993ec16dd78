"""Who is here: people and their keys, staff, groups, invitations, what each agreed to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, false
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row


class ParticipantRow(Row, table=True):
    """One person who talks to the bot; found by a keyed hash, reached at a sealed address.

    `standing` says what they are to the programme (see `store.people.Standing`); `onboarding`
    names the step a member has still to take, None once all are taken; after that it may name an
    open question that typed words answer (`usecases.asked`, `usecases.settings`). `plain` asks for
    easier words; None while they have not chosen.
    """

    __tablename__ = "participant"

    id: UUID = Field(primary_key=True)
    telegram_key: bytes = Field(unique=True)
    sealed_address: bytes
    language: str
    zone: str = "UTC"
    country: str | None = None
    reachable: bool = True
    standing: str = "stranger"
    onboarding: str | None = None
    paused_until: datetime | None = Field(default=None, sa_type=Utc)
    plain: bool | None = None
    created_at: datetime = Field(sa_type=Utc)


class PreferenceRow(Row, table=True):
    """Whether somebody wants sounds and moving pictures; without a row, both."""

    __tablename__ = "preference"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    sounds: bool = True
    pictures: bool = True


class PersonKeyRow(Row, table=True):
    """A person's data key, wrapped by the master key. Deleting this row makes their words noise.

    No foreign key: the key is made before the participant row (whose address it seals) and is
    destroyed first of all when somebody is erased.
    """

    __tablename__ = "person_key"

    participant_id: UUID = Field(primary_key=True)
    wrapped: bytes
    master_version: int


class TombstoneRow(Row, table=True):
    """Somebody who was erased, by the keyed hash of their Telegram id; and since when."""

    __tablename__ = "tombstone"

    telegram_key: bytes = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)


class StrangerRow(Row, table=True):
    """Somebody without a valid invitation: when they were answered, how often they guessed."""

    __tablename__ = "stranger"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    answered_at: datetime | None = Field(default=None, sa_type=Utc)
    failures: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=Utc)


class ProgrammeRow(Row, table=True):
    """The programme this deployment serves: one row. Minutes are those after which an alert that
    nobody took goes on: to the back-up, then to the lead (clinical brief, D5)."""

    __tablename__ = "programme"

    id: int = Field(primary_key=True)
    name: str
    zone: str
    country: str | None = None
    export_as_file: bool = False
    alerts_in_chat: bool = True
    retention_days: int = 90
    partner_pairs: bool = False
    partner_notes: bool = False
    open_backup_minutes: int = 15
    open_lead_minutes: int = 30
    closed_backup_minutes: int = 30
    closed_lead_minutes: int = 60
    reviewed_only: bool = False
    created_at: datetime = Field(sa_type=Utc)


class GroupRow(Row, table=True):
    """A therapy group (`group` is a word of SQL). After `quiet_days` of silence its therapists are
    told that somebody is quiet; 0: never."""

    __tablename__ = "care_group"

    id: UUID = Field(primary_key=True)
    name: str = Field(unique=True)
    track: str | None = None
    zone: str
    quiet_days: int = 7
    created_at: datetime = Field(sa_type=Utc)


class GroupSessionRow(Row, table=True):
    """One weekly session of a group: weekday 0 (Monday) to 6, local time HH:MM."""

    __tablename__ = "group_session"

    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE", index=True)
    weekday: int
    starts: str
    minutes: int


class OfficeHoursRow(Row, table=True):
    """When a group's therapists read: weekday 0 to 6, local times HH:MM in the group's zone."""

    __tablename__ = "office_hours"

    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE", index=True)
    weekday: int
    opens: str
    closes: str


class StaffRow(Row, table=True):
    """A therapist or the lead, under the id their person will have once they take the invitation.

    No foreign key: the row (and its key) is made before the person writes to the bot. A reviewer
    may send exercises as files and try them.
    """

    __tablename__ = "staff"

    id: UUID = Field(primary_key=True)
    role: str
    sealed_name: bytes
    sealed_email: bytes | None = None
    on_call_place: int | None = None
    pin_hash: bytes | None = None
    pin_failures: int = 0
    active: bool = True
    reviewer: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime = Field(sa_type=Utc)


class GroupStaffRow(Row, table=True):
    """Who looks after a group; `place` is the back-up order, 0 first."""

    __tablename__ = "group_staff"

    group_id: UUID = Field(primary_key=True, foreign_key="care_group.id", ondelete="CASCADE")
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    place: int


class MemberRow(Row, table=True):
    """A participant's place in a group. Times are local, HH:MM; `checkins` parts them by commas.
    `phase` is step_down or alumni, None for everybody else (see `care.phase`)."""

    __tablename__ = "member"
    __table_args__ = (Index("ix_member_group", "group_id", "participant_id"),)

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    group_id: UUID = Field(foreign_key="care_group.id")
    sealed_alias: bytes | None = None
    sealed_code: bytes | None = None
    code_failures: int = 0
    sealed_contact: bytes | None = None
    checkins: str = ""
    quiet_from: str | None = None
    quiet_to: str | None = None
    joined_at: datetime = Field(sa_type=Utc)
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    confirmed_by: UUID | None = None
    discharged_at: datetime | None = Field(default=None, sa_type=Utc)
    phase: str | None = None


class InviteRow(Row, table=True):
    """An invitation: only the hash of its code is kept. `staff_id` is the place it is for."""

    __tablename__ = "invite"

    id: UUID = Field(primary_key=True)
    code_hash: bytes = Field(unique=True)
    group_id: UUID | None = Field(default=None, foreign_key="care_group.id", ondelete="CASCADE")
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id", ondelete="CASCADE")
    made_by: UUID | None = None
    made_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)
    used_by: UUID | None = None


class ConsentRow(Row, table=True):
    """One yes or no to one scope, in the words of one version; the newest of a scope counts."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_newest", "participant_id", "scope", "id"),)

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    scope: str
    granted: bool
    version: int
    text_sha: str
    at: datetime = Field(sa_type=Utc)


class PageLinkRow(Row, table=True):
    """A private page that opens once: only the hash of its address is kept."""

    __tablename__ = "page_link"

    token_hash: bytes = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    purpose: str
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)
