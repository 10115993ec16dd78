"""Two members of a group who support each other, and what passes between them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from bot.store.columns import Utc
from bot.store.tables.base import Row, partial_index


class PairRow(Row, table=True):
    """Two people of one group. `reasons` are codes parted by commas.

    There is no column for who ended it, paused it or said no: what is not there cannot be told.
    """

    __tablename__ = "pair"

    id: UUID = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="care_group.id", ondelete="CASCADE", index=True)
    first_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    second_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    state: str
    reasons: str = ""
    proposed_at: datetime = Field(sa_type=Utc)
    approved_at: datetime | None = Field(default=None, sa_type=Utc)
    approved_by: UUID | None = None
    active_at: datetime | None = Field(default=None, sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class PairSideRow(Row, table=True):
    """One of the two. `live` until the pair ends: nobody is in two live pairs.

    `stays` is their yes to going on after the programme; `noticed_on` the last local date on which
    the partner was told that they are quieter; `looked_on` the Sunday they last looked back on.
    """

    __tablename__ = "pair_side"
    __table_args__ = (
        partial_index("uq_pair_side_live", "participant_id", where="live", unique=True),
    )

    pair_id: UUID = Field(primary_key=True, foreign_key="pair.id", ondelete="CASCADE")
    participant_id: UUID = Field(
        primary_key=True, foreign_key="participant.id", ondelete="CASCADE", index=True
    )
    partner_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    live: bool = True
    accepted_at: datetime | None = Field(default=None, sa_type=Utc)
    muted: bool = False
    paused: bool = False
    left: bool = False
    stays: bool = False
    reported_at: datetime | None = Field(default=None, sa_type=Utc)
    noticed_on: date | None = None
    looked_on: date | None = None


class PairShareRow(Row, table=True):
    """One yes or no of one partner to the other seeing one kind of thing; the newest counts.

    The recipient is named (42 CFR 2.31), and so are the words, by version and SHA-256 as shown.
    """

    __tablename__ = "pair_share"

    id: UUID = Field(primary_key=True)
    pair_id: UUID = Field(foreign_key="pair.id", ondelete="CASCADE", index=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    recipient_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    kind: str
    granted: bool
    version: int
    text_sha: str
    at: datetime = Field(sa_type=Utc)


class PairBlockRow(Row, table=True):
    """Somebody does not want to be paired with somebody else again."""

    __tablename__ = "pair_block"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    blocked_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    at: datetime = Field(sa_type=Utc)


class PairWishRow(Row, table=True):
    """Whether somebody would like a partner, and sealed what they said about whom."""

    __tablename__ = "pair_wish"

    participant_id: UUID = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    wants: str = "open"
    sealed_body: bytes | None = None
    at: datetime = Field(sa_type=Utc)


class PartnerPromiseRow(Row, table=True):
    """One small thing somebody wants to have done by a local date; outlives the pair."""

    __tablename__ = "partner_promise"

    id: UUID = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE", index=True)
    pair_id: UUID | None = Field(default=None, foreign_key="pair.id", ondelete="SET NULL")
    sealed_text: bytes
    day: date
    state: str = "open"
    made_at: datetime = Field(sa_type=Utc)
    answered_at: datetime | None = Field(default=None, sa_type=Utc)


class NudgeRow(Row, table=True):
    """One phrase or note from one partner to the other. `day` is the receiver's local date on which
    it may arrive, `place` its number on that date: unique, so that the cap holds whoever taps."""

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint(
            *("pair_id", "giver_id", "day", "place"),
            name="uq_nudge_pair_id_giver_id_day_place",
        ),
    )

    id: UUID = Field(primary_key=True)
    pair_id: UUID = Field(foreign_key="pair.id", ondelete="CASCADE")
    giver_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    day: date
    place: int
    phrase: str | None = None
    sealed_note: bytes | None = None
    at: datetime = Field(sa_type=Utc)
