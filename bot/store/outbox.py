"""Messages on their way: queued with what caused them, claimed in order, and never guessed about.

A lane is the messages to one person. Only its head may be sent; an alert passes everything else.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Update,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Session

from bot.store import tables
from bot.store.people import address_of, set_reachable
from bot.store.upsert import Upsert
from bot.store.vault import KeyGone, Place, SealBroken, Vault


class Kind(IntEnum):
    """What a message is for; a smaller number goes first."""

    ALERT = 0
    REPLY = 1
    CHECKIN = 2
    NUDGE = 3
    BULK = 4


class Policy(StrEnum):
    """What to do when nobody knows whether a message arrived."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"


class State(StrEnum):
    """Where a message stands. `uncertain`: it may have arrived, and it will not be sent again."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


RESENDS = {Kind.ALERT: 5, Kind.REPLY: 3, Kind.CHECKIN: 1, Kind.NUDGE: 0, Kind.BULK: 0}
"""How often a message of each kind is sent again after an unknown outcome."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be queued. `key` makes it exist once; `body` is JSON, opaque here.

    `asks_run` and `asks_turn` name the question it asks; one that `redraws` takes the place of
    the message that asked the same run before.
    """

    key: str
    person: UUID
    kind: Kind
    body: str
    not_before: datetime
    expires_at: datetime | None = None
    asks_run: UUID | None = None
    asks_turn: int | None = None
    redraws: bool = False

    @property
    def policy(self) -> Policy:
        """At least once if it may be sent again, at most once if not."""
        return Policy.AT_LEAST_ONCE if RESENDS[self.kind] else Policy.AT_MOST_ONCE


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message, opened for the sender. `edits` is the message whose place it takes.

    `attempts` counts the tries that failed, `ambiguous` those among them whose end is unknown.
    """

    id: int
    person: UUID
    chat_id: int
    kind: Kind
    body: str
    attempts: int
    ambiguous: int
    edits: int | None
    expires_at: datetime | None
    created_at: datetime


_t = tables.outbox
_p = tables.participant
_earlier = _t.alias("earlier")
_ENQUEUE = Upsert(_t, "key")

# States stand as literals where a partial index is meant to be used: no database can prove that a
# parameter is 'pending'. That nothing earlier is alive makes a row the head of its lane.
_LIVE: list[ColumnElement[str]] = [literal_column("'pending'"), literal_column("'sending'")]
_HEADS = (
    select(
        *(_t.c.id, _t.c.key, _t.c.participant_id, _t.c.kind, _t.c.sealed_body, _t.c.asks_run),
        *(_t.c.redraws, _t.c.attempts, _t.c.ambiguous, _t.c.expires_at, _t.c.created_at),
        *(_p.c.sealed_address, _p.c.reachable),
    )
    .join(_p, _p.c.id == _t.c.participant_id)
    .where(
        _t.c.status == literal_column("'pending'"),
        or_(_t.c.not_before <= bindparam("now"), _t.c.expires_at <= bindparam("now")),
        _t.c.participant_id.not_in(bindparam("busy", expanding=True)),
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
_EDITS = (
    select(_t.c.message_id)
    .where(
        _t.c.asks_run == bindparam("run"),
        _t.c.status == State.SENT.value,
        _t.c.message_id.is_not(None),
    )
    .order_by(_t.c.id.desc())
    .limit(1)
)


def _to(state: State, **columns: Any) -> Update:
    return (
        update(_t)
        .where(_t.c.id == bindparam("parcel"))
        .values(status=state.value, error=bindparam("error"), **columns)
    )


def _mine(statement: Update) -> Update:
    # Whoever was slower than the lease finds the row taken over, and changes nothing.
    return statement.where(_t.c.owner == bindparam("me"), _t.c.status == State.SENDING.value)


_AGAIN = {"attempts": _t.c.attempts + 1, "owner": None, "lease_until": None}
_CLAIM = (
    update(_t)
    .where(_t.c.id == bindparam("parcel"))
    .values(status=State.SENDING.value, owner=bindparam("me"), lease_until=bindparam("lease_until"))
)
_SUPERSEDE = (
    update(_t)
    .where(
        _t.c.asks_run == bindparam("run"),
        _t.c.redraws.is_(True),
        _t.c.status == literal_column("'pending'"),
    )
    .values(status=State.CANCELLED.value, error="superseded")
)
_SETTLE = {
    state: _to(state) for state in (State.EXPIRED, State.CANCELLED, State.FAILED, State.UNCERTAIN)
}
_SENT = _mine(
    _to(State.SENT, message_id=bindparam("message"), sent_at=bindparam("at"), lease_until=None)
)
_LATER = _mine(_to(State.PENDING, not_before=bindparam("at"), **_AGAIN))
_FAILED = _mine(_to(State.FAILED, lease_until=None))
_STANDING = select(_t.c.id, _t.c.kind, _t.c.status, _t.c.ambiguous, _t.c.owner, _t.c.lease_until)
_ONE = _STANDING.where(_t.c.id == bindparam("parcel")).with_for_update()
_IN_FLIGHT = (
    _STANDING.where(text(f"outbox.{tables.SENDING}"))
    .order_by(_t.c.id)
    .with_for_update(skip_locked=True)
)
_RESEND = _to(State.PENDING, not_before=bindparam("at"), ambiguous=_t.c.ambiguous + 1, **_AGAIN)
_CANCEL_LANE = (
    update(_t)
    .where(_t.c.participant_id == bindparam("person"), text(tables.LIVE))
    .values(status=State.CANCELLED.value, error=bindparam("error"), lease_until=None)
)
_BLANK = (
    update(_t)
    .where(
        _t.c.sealed_body.is_not(None),
        _t.c.status.not_in([State.PENDING.value, State.SENDING.value]),
        func.coalesce(_t.c.sent_at, _t.c.created_at, type_=_t.c.created_at.type)
        < bindparam("before"),
    )
    .values(sealed_body=None)
)
_COUNTS = select(_t.c.status, func.count()).group_by(_t.c.status)


def enqueue(session: Session, vault: Vault, letter: Letter, now: datetime) -> bool:
    """Queue a message; False if one with this key was queued before."""
    row = {
        "key": letter.key,
        "participant_id": letter.person,
        "kind": letter.kind.value,
        "policy": letter.policy.value,
        "sealed_body": vault.seal(
            session, letter.person, _body_place(letter.key), letter.body.encode()
        ),
        "asks_run": letter.asks_run,
        "asks_turn": letter.asks_turn,
        "redraws": letter.redraws,
        "status": State.PENDING.value,
        "attempts": 0,
        "ambiguous": 0,
        "not_before": letter.not_before,
        "expires_at": letter.expires_at,
        "created_at": now,
    }
    return _ENQUEUE.execute(session.connection(), row)


def drop_redraws(session: Session, run: UUID) -> None:
    """Call off changes to a question's message that are overtaken: by the next, or by its end."""
    session.connection().execute(_SUPERSEDE, {"run": run})


def asked_in(session: Session, run: UUID) -> int | None:
    """The message that asked this run's last question, if it was sent."""
    return session.connection().execute(_EDITS, {"run": run}).scalar()


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
        for head in connection.execute(_HEADS, asked).all():
            if head.participant_id in taken:
                continue  # an alert of this lane has just gone ahead
            opened = _opened(session, vault, head, now)
            if isinstance(opened, Parcel):
                taken.add(opened.person)
                parcels.append(opened)
            else:
                state, error = opened
                connection.execute(_SETTLE[state], {"parcel": head.id, "error": error})
                looking = True  # the next of this lane is its head now
    if parcels:
        until = now + lease
        marks = [{"parcel": parcel.id, "me": owner, "lease_until": until} for parcel in parcels]
        connection.execute(_CLAIM, marks)
    return parcels


def sent(
    session: Session, parcel_id: int, owner: str, message_id: int | None, now: datetime
) -> bool:
    """Telegram has it; False if somebody else took the parcel over meanwhile."""
    row = {"message": message_id, "at": now, "error": None}
    return _update_mine(session, _SENT, parcel_id, owner, row)


def later(session: Session, parcel_id: int, owner: str, not_before: datetime, error: str) -> bool:
    """It certainly was not sent; try again then. False if the parcel is not ours any more."""
    return _update_mine(session, _LATER, parcel_id, owner, {"at": not_before, "error": error})


def failed(
    session: Session,
    parcel_id: int,
    owner: str,
    error: str,
    now: datetime,  # noqa: ARG001  every report of the sender says when
) -> bool:
    """It cannot be sent, ever. False if the parcel is not ours any more."""
    return _update_mine(session, _FAILED, parcel_id, owner, {"error": error})


def unknown(session: Session, parcel_id: int, owner: str, now: datetime, error: str) -> str:
    """Nobody knows whether it was sent: again, a little later, if its kind allows it.

    Gives the status it has now; a parcel that is not ours any more is left as it is.
    """
    row = session.connection().execute(_ONE, {"parcel": parcel_id}).one()
    if row.owner != owner or row.status != State.SENDING:
        return str(row.status)
    # An outage at Telegram's end often lasts a minute: 2, 8, 32 … seconds outlive it.
    return _by_policy(session, row, now + timedelta(seconds=2 * 4**row.ambiguous), error)


def unreachable(
    session: Session,
    person: UUID,
    now: datetime,  # noqa: ARG001  every report of the sender says when
    error: str,
) -> None:
    """Telegram will not let us write to them: call off everything in their lane."""
    set_reachable(session, person, False)
    session.connection().execute(_CANCEL_LANE, {"person": person, "error": error})


def recover(
    session: Session, now: datetime, *, owner_alive: Callable[[str], bool] | None = None
) -> int:
    """Settle what was being sent by senders that are gone; how many.

    A message is orphaned when its lease is over or its owner is not alive. Without `owner_alive`,
    nobody is alive on SQLite (we have just started, and we are the only process) and everybody on
    PostgreSQL (another process may be sending).
    """
    connection = session.connection()
    if owner_alive is None:
        several = connection.dialect.name != "sqlite"

        def owner_alive(_: str) -> bool:
            return several

    orphans = [
        row
        for row in connection.execute(_IN_FLIGHT).all()
        if row.lease_until < now or not owner_alive(row.owner)
    ]
    for row in orphans:
        _by_policy(session, row, now, "sender gone")
    return len(orphans)


def blank_bodies(session: Session, before: datetime) -> int:
    """Forget the words of messages settled before then; how many."""
    return session.connection().execute(_BLANK, {"before": before}).rowcount


def counts(session: Session) -> dict[str, int]:
    """How many messages stand where; every state is there, if only with 0."""
    found = {row[0]: int(row[1]) for row in session.connection().execute(_COUNTS).all()}
    return {state.value: found.get(state.value, 0) for state in State}


def _opened(
    session: Session, vault: Vault, head: Row[*tuple[Any, ...]], now: datetime
) -> Parcel | tuple[State, str]:
    if not head.reachable:
        return State.CANCELLED, "unreachable"
    if head.expires_at is not None and head.expires_at <= now:
        return State.EXPIRED, "expired"
    person = head.participant_id
    try:
        address = vault.open(session, person, address_of(person), head.sealed_address)
        body = vault.open(session, person, _body_place(head.key), head.sealed_body)
    except KeyGone:
        return State.CANCELLED, "key gone"
    except SealBroken:
        return State.FAILED, "seal broken"
    edits = None
    if head.redraws and head.asks_run is not None:
        edits = session.connection().execute(_EDITS, {"run": head.asks_run}).scalar()
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


def _update_mine(
    session: Session, statement: Update, parcel_id: int, owner: str, row: dict[str, Any]
) -> bool:
    found = session.connection().execute(statement, {"parcel": parcel_id, "me": owner, **row})
    return found.rowcount == 1


def _by_policy(session: Session, row: Row[*tuple[Any, ...]], again_at: datetime, error: str) -> str:
    if row.ambiguous < RESENDS[Kind(row.kind)]:
        again = {"parcel": row.id, "at": again_at, "error": error}
        session.connection().execute(_RESEND, again)
        return State.PENDING
    session.connection().execute(_SETTLE[State.UNCERTAIN], {"parcel": row.id, "error": error})
    return State.UNCERTAIN


def _body_place(key: str) -> Place:
    return Place("outbox", "sealed_body", key)
