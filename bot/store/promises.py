"""What somebody promised their partner to do by a local date: their words, sealed, and the end."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlmodel import Session

from bot.store import tables
from bot.store.ids import new_id
from bot.store.vault import Place, Vault

_t = tables.partner_promise
_COLUMNS = select(
    *(_t.c.id, _t.c.participant_id, _t.c.pair_id, _t.c.sealed_text, _t.c.day, _t.c.state),
    *(_t.c.made_at, _t.c.answered_at),
)
_GET = _COLUMNS.where(_t.c.id == bindparam("promise"))
_MINE = _t.c.participant_id == bindparam("person")
_OPEN = (
    _COLUMNS.where(_MINE, _t.c.state == "open", _t.c.pair_id == bindparam("pair"))
    .order_by(_t.c.id.desc())
    .limit(1)
)
_OF_PERSON = _COLUMNS.where(_MINE).order_by(_t.c.id)
_LATEST = (
    select(_t.c.state, _t.c.day)
    .where(_MINE, _t.c.pair_id == bindparam("pair"))
    .order_by(_t.c.id.desc())
    .limit(1)
)
_ENDS = (
    select(_t.c.state, func.count())
    .where(_MINE, _t.c.made_at >= bindparam("since", type_=_t.c.made_at.type))
    .group_by(_t.c.state)
)
_ANSWER = (
    update(_t)
    .where(_t.c.id == bindparam("promise"), _t.c.state.in_(("open", "unsaid")))
    .values(state=bindparam("to"), answered_at=bindparam("at", type_=_t.c.answered_at.type))
)
_SET_DAY = (
    update(_t)
    .where(_t.c.id == bindparam("promise"), _t.c.state == "open")
    .values(day=bindparam("on", type_=_t.c.day.type))
)


class End(StrEnum):
    """How a promise stands. None is a failure; what was left unsaid can be said later."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `text` is the person's own and reaches nobody else."""

    id: UUID
    person: UUID
    pair: UUID | None
    text: str
    day: date
    state: End
    made_at: datetime
    answered_at: datetime | None


def make(
    session: Session, vault: Vault, person: UUID, pair: UUID, text: str, day: date, now: datetime
) -> Promise:
    """Keeps a new one."""
    promise = Promise(new_id(now), person, pair, text, day, End.OPEN, now, None)
    row = {
        "id": promise.id,
        "participant_id": person,
        "pair_id": pair,
        "day": day,
        "state": End.OPEN.value,
        "made_at": now,
        "sealed_text": vault.seal(session, person, _place(promise.id), text.encode()),
    }
    session.connection().execute(insert(_t), row)
    return promise


def get(session: Session, vault: Vault, promise: UUID) -> Promise | None:
    """One promise."""
    row = session.connection().execute(_GET, {"promise": promise}).first()
    return None if row is None else _promise(session, vault, row)


def open_of(session: Session, vault: Vault, person: UUID, pair: UUID) -> Promise | None:
    """The one somebody has still to answer for, in this pair."""
    row = session.connection().execute(_OPEN, {"person": person, "pair": pair}).first()
    return None if row is None else _promise(session, vault, row)


def of_person(session: Session, vault: Vault, person: UUID) -> list[Promise]:
    """All of somebody's, oldest first."""
    rows = session.connection().execute(_OF_PERSON, {"person": person}).all()
    return [_promise(session, vault, row) for row in rows]


def ends(session: Session, person: UUID, since: datetime) -> dict[End, int]:
    """How those made since then ended, as counts; never their words."""
    rows = session.connection().execute(_ENDS, {"person": person, "since": since}).all()
    return {End(row[0]): int(row[1]) for row in rows}


def latest_state(session: Session, person: UUID, pair: UUID) -> tuple[End, date] | None:
    """How somebody's latest promise in this pair stands, and its day; never its words."""
    row = session.connection().execute(_LATEST, {"person": person, "pair": pair}).first()
    return None if row is None else (End(row.state), row.day)


def set_day(session: Session, promise: UUID, day: date) -> None:
    """It is for this local date, as long as it is open."""
    session.connection().execute(_SET_DAY, {"promise": promise, "on": day})


def answer(session: Session, promise: UUID, end: End, now: datetime) -> bool:
    """How it ended; False if that was said before."""
    row = {"promise": promise, "to": end.value, "at": now}
    return session.connection().execute(_ANSWER, row).rowcount == 1


def _promise(session: Session, vault: Vault, row: Row[*tuple[Any, ...]]) -> Promise:
    plain = vault.open(session, row.participant_id, _place(row.id), row.sealed_text)
    return Promise(
        *(row.id, row.participant_id, row.pair_id, plain.decode(), row.day, End(row.state)),
        *(row.made_at, row.answered_at),
    )


def _place(promise: UUID) -> Place:
    return Place("partner_promise", "sealed_text", promise.hex)
