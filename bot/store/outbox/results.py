"""What became of a message: sent, later, failed, unknown; and what a dead sender left behind."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Update, bindparam, select, text, update
from sqlmodel import Session

from bot.store import tables
from bot.store.outbox.letters import RESENDS, Kind, State
from bot.store.people import set_reachable
from bot.store.prepared import Prepared

_t = tables.outbox


def _to(state: State, **columns: Any) -> Update:
    # Once it is over, its words are too: sealed for whoever got them, they would outlive whoever
    # wrote them and then deleted everything.
    words = {} if state is State.PENDING else {"sealed_body": None}
    return (
        update(_t)
        .where(_t.c.id == bindparam("parcel"))
        .values(status=state.value, error=bindparam("error"), **words, **columns)
    )


def _mine(statement: Update) -> Update:
    # Whoever was slower than the lease finds the row taken over, and changes nothing.
    return statement.where(_t.c.owner == bindparam("me"), _t.c.status == State.SENDING.value)


_AGAIN = {"attempts": _t.c.attempts + 1, "owner": None, "lease_until": None}
_SETTLE = {
    state: Prepared(_to(state))
    for state in (State.EXPIRED, State.CANCELLED, State.FAILED, State.UNCERTAIN)
}
_SENT = Prepared(
    _mine(
        _to(State.SENT, message_id=bindparam("message"), sent_at=bindparam("at"), lease_until=None)
    )
)
_LATER = Prepared(_mine(_to(State.PENDING, not_before=bindparam("at"), **_AGAIN)))
_FAILED = Prepared(_mine(_to(State.FAILED, lease_until=None)))
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
    .values(
        status=State.CANCELLED.value, error=bindparam("error"), lease_until=None, sealed_body=None
    )
)


def sent(
    session: Session, parcel_id: int, owner: str, message_id: int | None, now: datetime
) -> bool:
    """Telegram has it; False if somebody else took the parcel over meanwhile."""
    row = {"message": message_id, "at": now, "error": None}
    return _update_mine(session, _SENT, parcel_id, owner, row)


def later(session: Session, parcel_id: int, owner: str, not_before: datetime, error: str) -> bool:
    """It certainly was not sent; try again then. False if the parcel is not ours any more."""
    return _update_mine(session, _LATER, parcel_id, owner, {"at": not_before, "error": error})


def failed(session: Session, parcel_id: int, owner: str, error: str) -> bool:
    """It cannot be sent, ever. False if the parcel is not ours any more."""
    return _update_mine(session, _FAILED, parcel_id, owner, {"error": error})


def unknown(session: Session, parcel_id: int, owner: str, now: datetime, error: str) -> str:
    """Nobody knows whether it was sent: again, a little later, if its kind allows it.

    Gives the status it has now; a parcel that is not ours any more is left as it is, and one
    whose person was erased meanwhile counts as cancelled.
    """
    row = session.connection().execute(_ONE, {"parcel": parcel_id}).first()
    if row is None:
        return State.CANCELLED
    if row.owner != owner or row.status != State.SENDING:
        return str(row.status)
    # An outage at Telegram's end often lasts a minute: 2, 8, 32 … seconds outlive it.
    return _by_policy(session, row, now + timedelta(seconds=2 * 4**row.ambiguous), error)


def unreachable(session: Session, person: UUID, error: str) -> None:
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


def settle(session: Session, parcel_id: int, state: State, error: str) -> None:
    """Ends a message without sending it (again)."""
    _SETTLE[state].run(session.connection(), {"parcel": parcel_id, "error": error})


def _update_mine(
    session: Session, statement: Prepared, parcel_id: int, owner: str, row: dict[str, Any]
) -> bool:
    mine = {"parcel": parcel_id, "me": owner, **row}
    return statement.run(session.connection(), mine) == 1


def _by_policy(session: Session, row: Row[*tuple[Any, ...]], again_at: datetime, error: str) -> str:
    if row.ambiguous < RESENDS[Kind(row.kind)]:
        again = {"parcel": row.id, "at": again_at, "error": error}
        session.connection().execute(_RESEND, again)
        return State.PENDING
    settle(session, row.id, State.UNCERTAIN, error)
    return State.UNCERTAIN
