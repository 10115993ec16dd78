"""Whole groups at once, from readable columns: who is there, who practised, who was heard of when.

A few statements for a group of any size; nothing anybody wrote is opened, only aliases are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import Session

from bot.care.cadence import Outcome
from bot.engine.run import Status
from bot.store import tables
from bot.store.outbox import State
from bot.store.people import Standing
from bot.store.vault import Place, Vault

_m = tables.member
_p = tables.participant
_r = tables.run
_a = tables.answer
_c = tables.occurrence
_o = tables.outbox
_IN_GROUPS = _m.c.group_id.in_(bindparam("groups", expanding=True))
_HERE = _p.c.standing == Standing.MEMBER.value
_PRESENT = (
    select(
        *(_m.c.participant_id, _m.c.group_id, _m.c.sealed_alias, _m.c.joined_at),
        *(_m.c.confirmed_at, _m.c.phase, _p.c.paused_until, _p.c.onboarding),
    )
    .join(_p, _p.c.id == _m.c.participant_id)
    .where(_IN_GROUPS, _HERE)
    .order_by(_m.c.joined_at, _m.c.participant_id)
)
_FINISHED = (
    select(_r.c.participant_id, _r.c.exercise_id, _r.c.finished_at)
    .select_from(_m.join(_r, _r.c.participant_id == _m.c.participant_id))
    .where(
        _IN_GROUPS,
        _r.c.status == Status.FINISHED.value,
        _r.c.finished_at >= bindparam("start", type_=_r.c.finished_at.type),
        _r.c.finished_at <= bindparam("end", type_=_r.c.finished_at.type),
    )
    .order_by(_r.c.finished_at)
)
# One look into an index for each person, however much they have written over a year.
_ANSWERED = (
    select(func.max(_a.c.answered_at, type_=_a.c.answered_at.type))
    .where(_a.c.participant_id == _m.c.participant_id)
    .correlate(_m)
    .scalar_subquery()
)
_DONE = (
    select(_r.c.finished_at)
    .where(
        _r.c.participant_id == _m.c.participant_id,
        _r.c.finished_at.is_not(None),
        _r.c.status == Status.FINISHED.value,
    )
    .order_by(_r.c.finished_at.desc())
    .limit(1)
    .correlate(_m)
    .scalar_subquery()
)
_HEARD = (
    select(_m.c.participant_id, _ANSWERED.label("answered"), _DONE.label("done"))
    .join(_p, _p.c.id == _m.c.participant_id)
    .where(_IN_GROUPS, _HERE)
)
_NOT_SENT = (State.EXPIRED.value, State.CANCELLED.value, State.FAILED.value)
_ASKED = (
    select(_c.c.participant_id, func.count(), func.count(_c.c.answered_at))
    .select_from(
        _m.join(_c, _c.c.participant_id == _m.c.participant_id).outerjoin(_o, _o.c.key == _c.c.key)
    )
    .where(
        _IN_GROUPS,
        _c.c.outcome == Outcome.SENT.value,
        _c.c.decided_at >= bindparam("since", type_=_c.c.decided_at.type),
        or_(_o.c.status.is_(None), _o.c.status.not_in(_NOT_SENT)),
    )
    .group_by(_c.c.participant_id)
)


@dataclass(frozen=True, slots=True)
class Present:
    """One participant of a group, by alias ("" until they chose one). `since` is when they came;
    until `paused_until` (UTC) nothing is sent unasked."""

    person: UUID
    group: UUID
    alias: str
    since: datetime
    phase: str | None
    paused_until: datetime | None


@dataclass(frozen=True, slots=True)
class Done:
    """Somebody finished an exercise, by its id, at this moment (UTC)."""

    person: UUID
    exercise: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """How often somebody was written to unasked, and how often they answered."""

    sent: int = 0
    answered: int = 0


def present(session: Session, vault: Vault, groups: Collection[UUID]) -> list[Present]:
    """Everybody who takes part in these groups now, the longest-serving first."""
    rows = session.connection().execute(_PRESENT, {"groups": list(groups)}).all()
    return [
        Present(
            *(row.participant_id, row.group_id),
            _alias(session, vault, row.participant_id, row.sealed_alias),
            *(row.confirmed_at or row.joined_at, row.phase, row.paused_until),
        )
        for row in rows
    ]


def finished(
    session: Session, groups: Collection[UUID], start: datetime, end: datetime
) -> list[Done]:
    """What was finished from `start` to `end` (UTC, both included), oldest first."""
    asked = {"groups": list(groups), "start": start, "end": end}
    return [Done(*row) for row in session.connection().execute(_FINISHED, asked)]


def heard(session: Session, groups: Collection[UUID]) -> dict[UUID, datetime]:
    """When each was last heard of by an answer or a finished exercise; whoever never was is left
    out. They may have tapped something since: `practised.last_heard` looks at all signs."""
    rows = session.connection().execute(_HEARD, {"groups": list(groups)}).all()
    both = ((row.participant_id, (row.answered, row.done)) for row in rows)
    return {
        person: max(each for each in signs if each is not None)
        for person, signs in both
        if any(each is not None for each in signs)
    }


def asked(session: Session, groups: Collection[UUID], since: datetime) -> dict[UUID, Asked]:
    """What was sent to each unasked since then, and how much of it was answered."""
    rows = session.connection().execute(_ASKED, {"groups": list(groups), "since": since})
    return {person: Asked(sent, answered) for person, sent, answered in rows}


def _alias(session: Session, vault: Vault, person: UUID, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    return vault.open(session, person, Place("member", "sealed_alias", person.hex), sealed).decode()
