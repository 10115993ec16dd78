"""Talks that two partners practise: where each stands; the lines, sealed, until it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.care.rehearsal import Ending, Phase, Rehearsal, Step, after
from bot.store import tables
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.upsert import Upsert
from bot.store.vault import Place, Vault

_t = tables.rehearsal
_l = tables.rehearsal_line
_COLUMNS = select(
    *(_t.c.id, _t.c.pair_id, _t.c.first_id, _t.c.second_id, _t.c.talk, _t.c.variant),
    *(_t.c.revision, _t.c.phase, _t.c.round, _t.c.spoken, _t.c.until, _t.c.ending, _t.c.begun_at),
)
_GET = _COLUMNS.where(_t.c.id == bindparam("rehearsal"))
_LOCK = _GET.with_for_update()
_NEWEST = Prepared(
    _COLUMNS.where(or_(_t.c.first_id == bindparam("person"), _t.c.second_id == bindparam("person")))
    .order_by(_t.c.live.desc(), _t.c.id.desc())
    .limit(1)
)
_SAVE = (
    update(_t)
    .where(_t.c.id == bindparam("rehearsal"))
    .values(
        phase=bindparam("to_phase"),
        round=bindparam("to_round"),
        spoken=bindparam("to_spoken"),
        until=bindparam("to_until", type_=_t.c.until.type),
        ending=bindparam("to_ending", type_=_t.c.ending.type),
        live=bindparam("to_live"),
    )
)
_AGREED = (
    update(_t)
    .where(_t.c.id == bindparam("rehearsal"))
    .values(agreed_at=bindparam("now", type_=_t.c.agreed_at.type))
)
_FORGET = delete(_l).where(_l.c.rehearsal_id == bindparam("rehearsal"))
_c = tables.rehearsal_card
_FORGET_DRAFT = delete(_c).where(
    _c.c.rehearsal_id == bindparam("rehearsal"), _c.c.given_at.is_(None)
)
_CLOSE = (
    update(_t)
    .where(_t.c.id == bindparam("rehearsal"), _t.c.live.is_(False))
    .values(until=bindparam("now", type_=_t.c.until.type))
)
_SAY = Upsert(_l, "rehearsal_id", "place")
_LINES = (
    select(_l.c.place, _l.c.participant_id, _l.c.ready, _l.c.sealed_text)
    .where(_l.c.rehearsal_id == bindparam("rehearsal"), _l.c.place >= bindparam("since"))
    .order_by(_l.c.place)
)


@dataclass(frozen=True, slots=True)
class StoredRehearsal:
    """A rehearsal as it is kept: `talk` and `variant` by id, `revision` of the talk's words."""

    id: UUID
    pair: UUID
    talk: str
    variant: str
    revision: str
    at: Rehearsal
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said: a ready line by its code, or their own words."""

    person: UUID
    ready: str | None = None
    text: str | None = None


def begin(
    session: Session,
    pair: UUID,
    rehearsal: Rehearsal,
    what: tuple[str, str, str],
    now: datetime,
) -> StoredRehearsal | None:
    """A new one, of this talk, variant and revision; None where the pair has one already."""
    talk, variant, revision = what
    rehearsal_id = new_id(now)
    row = {
        "id": rehearsal_id,
        "pair_id": pair,
        "first_id": rehearsal.first,
        "second_id": rehearsal.second,
        "talk": talk,
        "variant": variant,
        "revision": revision,
        "phase": rehearsal.phase.value,
        "round": rehearsal.round,
        "spoken": rehearsal.spoken,
        "until": rehearsal.until,
        "live": True,
        "begun_at": now,
    }
    try:
        with session.begin_nested():
            session.connection().execute(insert(_t), row)
    except IntegrityError:
        return None
    return get(session, rehearsal_id)


def get(session: Session, rehearsal: UUID) -> StoredRehearsal | None:
    """One by its id, whatever became of it."""
    row = session.connection().execute(_GET, {"rehearsal": rehearsal}).first()
    return None if row is None else _stored(row)


def newest_of(session: Session, person: UUID) -> StoredRehearsal | None:
    """The one somebody is in; else the last one they were in."""
    row = _NEWEST.first(session.connection(), {"person": person})
    return None if row is None else _stored(row)


def take(
    session: Session, rehearsal: UUID, step: Step, now: datetime, told_at: datetime
) -> tuple[StoredRehearsal, StoredRehearsal] | None:
    """Does a step of `care.rehearsal` on it as it stands, locked: before and after. None where
    there is none; what the step does not allow changes nothing."""
    row = session.connection().execute(_LOCK, {"rehearsal": rehearsal}).first()
    if row is None:
        return None
    before = _stored(row)
    at = after(before.at, step, now, told_at)
    if at != before.at:
        _save(session, rehearsal, at)
        if before.at.phase is Phase.INVITED and at.phase is Phase.TALKING:
            session.connection().execute(_AGREED, {"rehearsal": rehearsal, "now": now})
        if not at.is_live:  # what was said was for this talk only
            for statement in (_FORGET, _FORGET_DRAFT):
                session.connection().execute(statement, {"rehearsal": rehearsal})
    found = get(session, rehearsal)
    assert found is not None
    return before, found


def _save(session: Session, rehearsal: UUID, at: Rehearsal) -> None:
    row = {
        "rehearsal": rehearsal,
        "to_phase": at.phase.value,
        "to_round": at.round,
        "to_spoken": at.spoken,
        "to_until": at.until,
        "to_ending": at.ending.value if at.ending is not None else None,
        "to_live": at.is_live,
    }
    session.connection().execute(_SAVE, row)


def say(
    session: Session, vault: Vault, rehearsal: UUID, place: int, line: Line, now: datetime
) -> bool:
    """Keeps a line at its place; False where another one stands there."""
    sealed = None
    if line.text is not None:
        where = _place(rehearsal, place)
        sealed = vault.seal(session, line.person, where, line.text.encode())
    row = {
        "rehearsal_id": rehearsal,
        "place": place,
        "participant_id": line.person,
        "ready": line.ready,
        "sealed_text": sealed,
        "at": now,
    }
    return _SAY.execute(session.connection(), row)


def lines(session: Session, vault: Vault, rehearsal: UUID, since: int = 0) -> list[Line]:
    """What was said from that place on, in order."""
    asked = {"rehearsal": rehearsal, "since": since}
    rows = session.connection().execute(_LINES, asked).all()
    return [_line(session, vault, rehearsal, row) for row in rows]


def _line(session: Session, vault: Vault, rehearsal: UUID, row: Row[*tuple[Any, ...]]) -> Line:
    person, text = row.participant_id, None
    if row.sealed_text is not None:
        where = _place(rehearsal, row.place)
        text = vault.open(session, person, where, row.sealed_text).decode()
    return Line(person, row.ready, text)


def _place(rehearsal: UUID, place: int) -> Place:
    return Place("rehearsal_line", "sealed_text", f"{rehearsal.hex}.{place}")


def _stored(row: Any) -> StoredRehearsal:
    at = Rehearsal(
        *(row.first_id, row.second_id, row.until, Phase(row.phase), row.round, row.spoken),
        Ending(row.ending) if row.ending else None,
    )
    what = (row.talk, row.variant, row.revision)
    return StoredRehearsal(row.id, row.pair_id, *what, at, row.begun_at)


def close(session: Session, rehearsal: UUID, now: datetime) -> None:
    """Whoever asked has taken it back: nothing is left to wait for."""
    session.connection().execute(_CLOSE, {"rehearsal": rehearsal, "now": now})
