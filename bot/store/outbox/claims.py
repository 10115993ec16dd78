"""Out of the outbox: the head of each lane, claimed under a lease and opened for the sender."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Dialect,
    Select,
    Text,
    TypeDecorator,
    all_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlmodel import Session

from bot.store import tables
from bot.store.outbox.guards import holds
from bot.store.outbox.letters import Kind, Parcel, State, body_place
from bot.store.outbox.queue import asked_in
from bot.store.outbox.results import settle
from bot.store.people import address_of
from bot.store.prepared import Prepared
from bot.store.vault import KeyGone, SealBroken, Vault

_t = tables.outbox
_p = tables.participant
_earlier = _t.alias("earlier")

# States stand as literals where a partial index is meant to be used: no database can prove that a
# parameter is 'pending'. That nothing earlier is alive makes a row the head of its lane.
_LIVE: list[ColumnElement[str]] = [literal_column("'pending'"), literal_column("'sending'")]
_FREE_HEADS = (
    select(
        *(_t.c.id, _t.c.key, _t.c.participant_id, _t.c.kind, _t.c.sealed_body, _t.c.asks_run),
        *(_t.c.redraws, _t.c.attempts, _t.c.ambiguous, _t.c.expires_at, _t.c.created_at),
        _t.c.guard,
        *(_p.c.sealed_address, _p.c.reachable),
    )
    .join(_p, _p.c.id == _t.c.participant_id)
    .where(
        _t.c.status == literal_column("'pending'"),
        or_(_t.c.not_before <= bindparam("now"), _t.c.expires_at <= bindparam("now")),
        ~exists().where(
            _earlier.c.participant_id == _t.c.participant_id,
            _earlier.c.status.in_(_LIVE),
            _earlier.c.id < _t.c.id,
            or_(_t.c.kind != Kind.ALERT.value, _earlier.c.kind == Kind.ALERT.value),
        ),
    )
    .order_by(_t.c.kind, _t.c.id)
    .limit(bindparam("many"))
    .with_for_update(of=_t, skip_locked=True)
)


class _Json(TypeDecorator[list[UUID]]):
    """Ids as one text, as SQLite's json_each takes them apart: the statement stays the same
    however many there are."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[UUID] | None, _: Dialect) -> str:
        """As SQLite keeps ids: 32 letters each."""
        return json.dumps([each.hex for each in value or ()])


def _heads_of_sqlite() -> Select[Any]:
    busy = func.json_each(bindparam("busy", type_=_Json())).table_valued("value")
    return _FREE_HEADS.where(_t.c.participant_id.not_in(select(busy.c.value)))


def _heads_of_postgresql() -> Select[Any]:
    busy = bindparam("busy", type_=ARRAY(_t.c.participant_id.type))
    return _FREE_HEADS.where(_t.c.participant_id != all_(busy))


_HEADS = Prepared({"sqlite": _heads_of_sqlite, "postgresql": _heads_of_postgresql})
_CLAIM = Prepared(
    update(_t)
    .where(_t.c.id == bindparam("parcel"))
    .values(status=State.SENDING.value, owner=bindparam("me"), lease_until=bindparam("lease_until"))
)


def claim(
    session: Session,
    vault: Vault,
    *,
    owner: str,
    now: datetime,
    lease: timedelta = timedelta(seconds=30),
    limit: int = 32,
    busy: Collection[UUID] = (),
) -> list[Parcel]:
    """Take what may be sent now, at most one message of each lane, most urgent first.

    Heads that expired, or whose person cannot be reached, are settled on the way, so that they
    never stand before what comes after them.
    """
    connection = session.connection()
    taken, parcels = set(busy), list[Parcel]()
    looking = True
    while looking and len(parcels) < limit:
        looking = False
        many = limit - len(parcels)
        asked = {"now": now, "busy": list(taken), "many": many}
        for head in _HEADS.all(connection, asked):
            if head.participant_id in taken:
                continue  # an alert of this lane has just gone ahead
            opened = _opened(session, vault, head, now)
            if isinstance(opened, Parcel):
                taken.add(opened.person)
                parcels.append(opened)
            else:
                state, error = opened
                settle(session, head.id, state, error)
                looking = True  # the next of this lane is its head now
    until = now + lease
    for parcel in parcels:
        _CLAIM.run(connection, {"parcel": parcel.id, "me": owner, "lease_until": until})
    return parcels


def _opened(session: Session, vault: Vault, head: Any, now: datetime) -> Parcel | tuple[State, str]:
    if not head.reachable:
        return State.CANCELLED, "unreachable"
    if head.expires_at is not None and head.expires_at <= now:
        return State.EXPIRED, "expired"
    if not holds(session, head.guard, now):
        return State.CANCELLED, "guard"
    person = head.participant_id
    try:
        address = vault.open(session, person, address_of(person), head.sealed_address)
        body = vault.open(session, person, body_place(head.key), head.sealed_body)
    except KeyGone:
        return State.CANCELLED, "key gone"
    except SealBroken:
        return State.FAILED, "seal broken"
    edits = None
    if head.redraws and head.asks_run is not None:
        edits = asked_in(session, head.asks_run)
    return Parcel(
        id=head.id,
        person=person,
        chat_id=int(address),
        kind=Kind(head.kind),
        body=body.decode(),
        attempts=head.attempts,
        ambiguous=head.ambiguous,
        edits=edits,
        expires_at=head.expires_at,
        created_at=head.created_at,
    )
