"""What each partner lets the other see: every yes and no is kept, and names who may see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id

_t = tables.pair_share
_COLUMNS = select(
    *(_t.c.pair_id, _t.c.participant_id, _t.c.recipient_id, _t.c.kind, _t.c.granted),
    *(_t.c.version, _t.c.text_sha, _t.c.at),
)
_NEWEST = (
    _COLUMNS.where(
        _t.c.pair_id == bindparam("pair"),
        _t.c.participant_id == bindparam("person"),
        _t.c.kind == bindparam("what"),
    )
    .order_by(_t.c.id.desc())
    .limit(1)
)
_LAST = (
    select(_t.c.id)
    .where(_t.c.participant_id == bindparam("person"))
    .order_by(_t.c.id.desc())
    .limit(1)
)
_OF_PERSON = _COLUMNS.where(_t.c.participant_id == bindparam("person")).order_by(_t.c.id)


class Kind(StrEnum):
    """What a partner may be let see: that there was a check-in or exercise on a day; that a promise
    was kept; that it has become quieter."""

    CHECKIN = "checkin"
    PROMISE = "promise"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Share:
    """One yes or no: of whom, to whom, about what, to which words, when (UTC)."""

    pair: UUID
    person: UUID
    recipient: UUID
    kind: str
    granted: bool
    version: int
    text_sha: str
    at: datetime


def record(session: Session, share: Share) -> None:
    """Keeps what somebody said; what they said before stays on record, and counts no more, even if
    it was said by a clock that ran ahead."""
    last = session.connection().execute(_LAST, {"person": share.person}).scalar()
    row = {
        "id": new_id(share.at, after=last),
        "pair_id": share.pair,
        "participant_id": share.person,
        "recipient_id": share.recipient,
        "kind": share.kind,
        "granted": share.granted,
        "version": share.version,
        "text_sha": share.text_sha,
        "at": share.at,
    }
    session.connection().execute(insert(_t), row)


def newest(session: Session, pair: UUID, person: UUID, kind: str) -> Share | None:
    """The last word of somebody on one kind; None where they said nothing, which is a no."""
    asked = {"pair": pair, "person": person, "what": kind}
    row = session.connection().execute(_NEWEST, asked).first()
    return None if row is None else _share(row)


def granted(session: Session, pair: UUID, person: UUID) -> frozenset[Kind]:
    """The kinds somebody lets their partner see now, as far as this pair goes."""
    said = ((kind, newest(session, pair, person, kind.value)) for kind in Kind)
    return frozenset(kind for kind, share in said if share is not None and share.granted)


def of_person(session: Session, person: UUID) -> list[Share]:
    """Everything somebody said about what partners may see, oldest first."""
    rows = session.connection().execute(_OF_PERSON, {"person": person}).all()
    return [_share(row) for row in rows]


def _share(row: Row[*tuple[Any, ...]]) -> Share:
    return Share(
        *(row.pair_id, row.participant_id, row.recipient_id, row.kind, row.granted),
        *(row.version, row.text_sha, row.at),
    )
