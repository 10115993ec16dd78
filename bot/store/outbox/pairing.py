"""What must still hold of a pair when a message passes between the two: looked at as it is sent."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, select
from sqlmodel import Session

from bot.care.cadence import Quiet
from bot.store import tables

_t = tables.pair
_s = tables.pair_side
_x = tables.pair_share
_m = tables.member
_here = tables.participant.alias("here")
_there = tables.participant.alias("there")
_PAIR = (
    select(
        *(_t.c.state, _s.c.muted, _s.c.accepted_at),
        *(_here.c.standing.label("here"), _here.c.paused_until.label("here_paused")),
        *(_there.c.standing.label("there"), _there.c.paused_until.label("there_paused")),
    )
    .join(_s, _s.c.pair_id == _t.c.id)
    .join(_here, _here.c.id == _s.c.participant_id)
    .join(_there, _there.c.id == _s.c.partner_id)
    .where(and_(_t.c.id == bindparam("pair"), _s.c.participant_id == bindparam("person")))
)
_SHARE = (
    select(_x.c.granted)
    .where(
        _x.c.pair_id == bindparam("pair"),
        _x.c.participant_id == bindparam("person"),
        _x.c.kind == bindparam("what"),
    )
    .order_by(_x.c.id.desc())
    .limit(1)
)
_QUIET = (
    select(_m.c.quiet_from, _m.c.quiet_to, _here.c.zone)
    .join(_here, _here.c.id == _m.c.participant_id)
    .where(_m.c.participant_id == bindparam("person"))
)
_TAKES_PART = ("member", "discharged")
"""Whoever was discharged is in an active pair only where both want to go on (`care.pairing`)."""


def may_pass(session: Session, pair: UUID, receiver: UUID, now: datetime) -> bool:
    """The pair is active, the receiver has not muted it, and neither of the two has paused what
    comes unasked, or left."""
    row = _row(session, pair, receiver)
    return row is not None and row.state == "active" and not row.muted and _both_here(row, now)


def is_going(session: Session, pair: UUID, person: UUID, now: datetime) -> bool:
    """The pair is active, and neither of the two has paused what comes unasked, or left."""
    row = _row(session, pair, person)
    return row is not None and row.state == "active" and _both_here(row, now)


def is_asked(session: Session, pair: UUID, person: UUID, now: datetime) -> bool:
    """The question whether they would like to is still open."""
    row = _row(session, pair, person)
    if row is None or row.state != "approved" or row.accepted_at is not None:
        return False
    return _both_here(row, now)


def is_shared(session: Session, pair: UUID, person: UUID, kind: str) -> bool:
    """Their newest word on it is yes."""
    asked = {"pair": pair, "person": person, "what": kind}
    return bool(session.connection().execute(_SHARE, asked).scalar())


def is_loud(session: Session, person: UUID, now: datetime) -> bool:
    """Their quiet hours are not now."""
    row = session.connection().execute(_QUIET, {"person": person}).first()
    if row is None or not row.quiet_from or not row.quiet_to or row.quiet_from == row.quiet_to:
        return True
    quiet = Quiet(start=time.fromisoformat(row.quiet_from), end=time.fromisoformat(row.quiet_to))
    return not quiet.holds(now.astimezone(ZoneInfo(row.zone)).time())


def _row(session: Session, pair: UUID, person: UUID) -> Row[*tuple[Any, ...]] | None:
    return session.connection().execute(_PAIR, {"pair": pair, "person": person}).first()


def _both_here(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    here = row.here in _TAKES_PART and row.there in _TAKES_PART
    pauses = (row.here_paused, row.there_paused)
    return here and all(until is None or until <= now for until in pauses)
