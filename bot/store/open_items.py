"""What waits for the staff of some groups: how much of it, and since when; nothing is opened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, exists, func, select
from sqlmodel import Session

from bot.store import tables
from bot.store.board import State as Line
from bot.store.pair_wishes import Wants
from bot.store.people import Standing

_m = tables.member
_p = tables.participant
_b = tables.board_line
_t = tables.pair
_w = tables.pair_wish
_s = tables.pair_side
_u = tables.audit
_GROUPS: BindParameter[Any] = bindparam("groups", expanding=True)
_NEWCOMERS = (
    select(_m.c.group_id, func.count(), func.min(_m.c.joined_at, type_=_m.c.joined_at.type))
    .join(_p, _p.c.id == _m.c.participant_id)
    .where(
        _m.c.group_id.in_(_GROUPS),
        _p.c.standing == Standing.PENDING.value,
        _m.c.sealed_code.is_not(None),
    )
    .group_by(_m.c.group_id)
)
_LINES = (
    select(_b.c.group_id, func.count(), func.min(_b.c.written_at, type_=_b.c.written_at.type))
    .where(_b.c.group_id.in_(_GROUPS), _b.c.state == bindparam("wanted"))
    .group_by(_b.c.group_id)
)
_UNREAD = _LINES.where(
    ~exists().where(
        _u.c.subject == _b.c.participant_id,
        _u.c.action == "answer.read",
        _u.c.at >= _b.c.written_at,
    )
)
_PROPOSED = (
    select(_t.c.group_id, func.count(), func.min(_t.c.proposed_at, type_=_t.c.proposed_at.type))
    .where(_t.c.group_id.in_(_GROUPS), _t.c.state == "proposed")
    .group_by(_t.c.group_id)
)
_REPORTED = (
    select(
        _t.c.group_id,
        func.count(_t.c.id.distinct()),
        func.min(_s.c.reported_at, type_=_s.c.reported_at.type),
    )
    .join(_s, _s.c.pair_id == _t.c.id)
    .where(_t.c.group_id.in_(_GROUPS), _s.c.live, _s.c.reported_at.is_not(None))
    .group_by(_t.c.group_id)
)
_WISHES = (
    select(_m.c.group_id, func.count(), func.min(_w.c.at, type_=_w.c.at.type))
    .select_from(
        _m.join(_p, _p.c.id == _m.c.participant_id).join(
            _w, _w.c.participant_id == _m.c.participant_id
        )
    )
    .where(
        _m.c.group_id.in_(_GROUPS),
        _p.c.standing == Standing.MEMBER.value,
        _w.c.wants == Wants.YES.value,
        _w.c.at >= bindparam("since", type_=_w.c.at.type),
        ~exists().where(_s.c.participant_id == _m.c.participant_id, _s.c.live),
    )
    .group_by(_m.c.group_id)
)
_RETURNING = (
    select(_m.c.participant_id, _m.c.group_id, func.max(_u.c.at, type_=_u.c.at.type))
    .select_from(
        _m.join(_p, _p.c.id == _m.c.participant_id).join(_u, _u.c.subject == _m.c.participant_id)
    )
    .where(
        _m.c.group_id.in_(_GROUPS),
        _p.c.standing == Standing.DISCHARGED.value,
        _u.c.action == "return.asked",
        _u.c.at >= bindparam("since", type_=_u.c.at.type),
    )
    .group_by(_m.c.participant_id, _m.c.group_id)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of one kind wait in a group, the oldest of them since this moment (UTC)."""

    group: UUID
    many: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Returning:
    """Somebody who finished the programme asked at this moment (UTC) to take part again."""

    person: UUID
    group: UUID
    at: datetime


def newcomers(session: Session, groups: Collection[UUID]) -> list[Waiting]:
    """Who came in by an invitation and has still to be confirmed."""
    return _waiting(session, _NEWCOMERS, groups)


def held_lines(session: Session, groups: Collection[UUID]) -> list[Waiting]:
    """Lines for the board that a therapist has to decide about."""
    return _waiting(session, _LINES, groups, wanted=Line.HELD.value)


def shown_answers(session: Session, groups: Collection[UUID]) -> list[Waiting]:
    """Answers to the question of a session that were shown to the therapists, and that none of them
    has read: they stay shown, and would wait for ever."""
    return _waiting(session, _UNREAD, groups, wanted=Line.SHOWN.value)


def proposed_pairs(session: Session, groups: Collection[UUID]) -> list[Waiting]:
    """Pairs the rules proposed."""
    return _waiting(session, _PROPOSED, groups)


def reported_pairs(session: Session, groups: Collection[UUID]) -> list[Waiting]:
    """Pairs of which one side has told the team about something."""
    return _waiting(session, _REPORTED, groups)


def pair_wishes(session: Session, groups: Collection[UUID], since: datetime) -> list[Waiting]:
    """Who asked since then for a partner and has none, nor one that is proposed."""
    return _waiting(session, _WISHES, groups, since=since)


def returning(session: Session, groups: Collection[UUID], since: datetime) -> list[Returning]:
    """Who asked since then to come back, and is not back."""
    asked = {"groups": list(groups), "since": since}
    return [Returning(*row) for row in session.connection().execute(_RETURNING, asked)]


def _waiting(
    session: Session, query: Select[*tuple[Any, ...]], groups: Collection[UUID], **more: object
) -> list[Waiting]:
    rows = session.connection().execute(query, {"groups": list(groups), **more})
    return [Waiting(*row) for row in rows]
